"""What each function may do: one role per function, and this table is all of it.

A key names the resources, the value the actions on them; the service follows from the kind:
    table/<t>  index/<t>/<i> <i>…  stream/<t>  queue/<q> <q>…  agencies  agencies-dlq  bucket/<b>  secret  people  mail
    sms  model  petition-key  signing-key (the one that signs)  signing-keys (all that are shown)
    bucket/<b>/<folder> (what is in it)  bucket/<b> (the bucket itself)
Two grants have no resource to name and say so in ANYWHERE; everything else is an exact ARN,
of what lies in a bucket that of its folder.
"""

from __future__ import annotations

# The pool's own right knows no groups: which account and which group somebody may touch, the program decides.
LOG_INS = (
    "AdminListGroupsForUser AdminCreateUser AdminAddUserToGroup AdminSetUserPassword"
    " AdminDisableUser AdminEnableUser AdminUserGlobalSignOut"
)
CONSUME = "ReceiveMessage DeleteMessage GetQueueAttributes"

GRANTS: dict[str, dict[str, str]] = {
    "api_handler": {
        "table/cases": "GetItem BatchGetItem Query PutItem UpdateItem",
        "index/cases/by_holder by_sender by_late by_alarm by_day by_follow_up by_supervisor": "Query",
        "table/inbox": "GetItem PutItem UpdateItem",
        "table/centre": "Query PutItem UpdateItem",
        "table/board": "GetItem",
        "index/board/by_month by_field by_agency": "Query",
        "table/tallies": "Query",
        "table/access": "PutItem Query",  # written and read, never changed
        "index/access/by_case": "Query",
        "bucket/mails/mail": "GetObject",
        "bucket/mails": "ListBucket",
        "bucket/files/waiting": "PutObject GetObject",  # whoever has a pre-signed URL does what its signer may
        "bucket/files/cases": "PutObject GetObject",
        "bucket/files/drafts": "PutObject GetObject",
        "bucket/files/catalogue": "PutObject GetObject",
        "bucket/files/learned": "GetObject",
        "bucket/files": "ListBucket",  # else a file that is not there looks like one that may not be read
        "secret": "GetSecretValue",
        "people": LOG_INS,
        "signing-keys": "GetPublicKey",
        "model": "InvokeModel",
        "queue/notices reports": "SendMessage",
        "bucket/reports/drafts": "GetObject",
        "bucket/reports/signed": "PutObject PutObjectRetention GetObject",  # nothing here may shorten or lift a lock
        "bucket/reports": "ListBucket",
    },
    "relay": {
        "stream/cases": "DescribeStream GetRecords GetShardIterator",
        "streams": "ListStreams",
        "queue/notices outgoing tallies board relay-dlq": "SendMessage",
    },
    "notices": {
        "queue/notices": CONSUME,
        "table/cases": "GetItem BatchGetItem Query PutItem",
        "index/cases/by_sender": "Query",
        "table/inbox": "GetItem PutItem UpdateItem",
        "table/centre": "GetItem Query PutItem",
        "table/tallies": "UpdateItem",
        "secret": "GetSecretValue",
        "mail": "SendEmail",
        "sms": "Publish",
    },
    "outgoing": {
        "queue/outgoing": CONSUME,
        "table/cases": "Query",
        "table/inbox": "GetItem PutItem UpdateItem",
        "table/centre": "Query",
        "agencies": "SendMessage",
        "signing-key": "GetPublicKey Sign",
        "secret": "GetSecretValue",
        "mail": "SendEmail",
    },
    "replies": {
        "queue/replies": CONSUME,
        "table/cases": "GetItem Query PutItem",
        "table/inbox": "GetItem PutItem UpdateItem",
        "table/centre": "Query PutItem",
        "bucket/files/waiting": "GetObject",
        "bucket/files/cases": "PutObject GetObject",
        "bucket/files": "ListBucket",
        "agencies": "SendMessage",
        "signing-key": "GetPublicKey Sign",
    },
    "bounces": {
        "queue/bounces": CONSUME,
        "table/cases": "GetItem PutItem",
        "table/inbox": "GetItem PutItem UpdateItem",
        "table/centre": "Query PutItem",
        "secret": "GetSecretValue",
    },
    "mails": {
        "queue/mails": CONSUME,
        "bucket/mails/mail": "GetObject",
        "bucket/mails": "ListBucket",
        "table/cases": "GetItem Query PutItem",
        "table/inbox": "GetItem PutItem UpdateItem",
        "table/centre": "Query PutItem",
        "secret": "GetSecretValue",
    },
    "tallies": {
        "queue/tallies": CONSUME,
        "table/cases": "GetItem",
        "table/inbox": "PutItem UpdateItem",
        "table/centre": "Query",
        "table/tallies": "UpdateItem",
    },
    "board": {
        "queue/board": CONSUME,
        "table/cases": "Query",
        "table/inbox": "UpdateItem",
        "table/centre": "Query",
        "table/board": "PutItem DeleteItem",
        "secret": "GetSecretValue",
    },
    "reports": {
        "queue/reports": CONSUME,
        "table/cases": "Query",
        "index/cases/by_day": "Query",
        "index/cases/by_holder": "Scan",  # all open cases and nothing else
        "table/inbox": "UpdateItem",
        "table/centre": "Query PutItem UpdateItem",
        "table/tallies": "Query",
        "bucket/reports/drafts": "PutObject GetObject",
        "bucket/reports": "ListBucket",
    },
    "month": {
        "table/centre": "Query PutItem",
        "queue/reports": "SendMessage",
    },
    "sweep": {
        "table/cases": "GetItem PutItem UpdateItem",
        "index/cases/by_alarm": "Query",
        "table/inbox": "UpdateItem",
        "table/centre": "Query UpdateItem",
    },
    "retime": {
        "table/cases": "GetItem BatchGetItem PutItem UpdateItem",
        "index/cases/by_alarm": "Query",
        "table/centre": "Query PutItem",
    },
    "remind": {
        "table/cases": "GetItem Query BatchGetItem PutItem",
        "table/inbox": "GetItem PutItem UpdateItem",
        "table/centre": "GetItem Query BatchWriteItem",
        "table/tallies": "UpdateItem",
        "secret": "GetSecretValue",
        "mail": "SendEmail",
        "sms": "Publish",
    },
    "lake": {
        "index/cases/by_day": "Query",
        "table/centre": "Query",
        "bucket/lake/events": "PutObject",
        "bucket/lake": "ListBucket",
    },
    "survey": {
        "index/cases/by_day": "Query",
        "table/cases": "Query",
        "table/inbox": "PutItem GetItem UpdateItem",
        "table/centre": "GetItem Query PutItem DeleteItem BatchWriteItem",
        "table/tallies": "UpdateItem",
        "secret": "GetSecretValue",
        "mail": "SendEmail",
        "sms": "Publish",
    },
    "recover": {
        "index/cases/by_day": "Query",
        "table/inbox": "BatchGetItem",
        "table/centre": "GetItem UpdateItem",
        "queue/notices outgoing tallies board": "SendMessage",
    },
    "collect": {
        "queue/notices-dlq outgoing-dlq tallies-dlq board-dlq replies-dlq relay-dlq": "ReceiveMessage DeleteMessage",
        "queue/bounces-dlq mails-dlq reports-dlq": "ReceiveMessage DeleteMessage",
        "agencies-dlq": "ReceiveMessage DeleteMessage",
        "queue/notices outgoing tallies board replies bounces mails reports": "SendMessage",
        "agencies": "SendMessage",
        "table/cases": "GetItem",
        "table/inbox": "GetItem",
        "table/centre": "Query PutItem UpdateItem DeleteItem",
    },
    "forget": {
        "table/cases": "GetItem Query PutItem BatchWriteItem",  # the only one that takes texts and senders away
        "index/cases/by_day": "Query",
        "table/centre": "GetItem Query PutItem UpdateItem BatchWriteItem",  # receptions, surveys
        "bucket/files/cases": "DeleteObject",
        "bucket/files": "ListBucket",
    },
    "learn": {
        "table/cases": "Query",
        "index/cases/by_day": "Query",
        "table/centre": "Query PutItem",
        "table/tallies": "Query",
        "bucket/files/learned": "PutObject GetObject",
    },
    "digest": {
        "index/cases/by_holder by_follow_up": "Query",
        "table/inbox": "GetItem PutItem UpdateItem",
        "table/centre": "GetItem Query UpdateItem",
        "table/tallies": "Query",
        "bucket/files/learned": "GetObject",
        "mail": "SendEmail",
    },
    "petitions": {
        "table/petitions": "GetItem Query PutItem",
        "table/cases": "GetItem Query PutItem",  # one that is found to be a petition is moved
        "index/petitions/by_list": "Query",
        "table/inbox": "GetItem UpdateItem",
        "table/centre": "Query",
        "secret": "GetSecretValue",
        "petition-key": "GenerateDataKey Decrypt",
    },
    "urge": {
        "index/petitions/by_list": "Query",
        "table/inbox": "GetItem PutItem UpdateItem",
        "table/centre": "Query",
        "mail": "SendEmail",
    },
    "shred": {  # the only one that takes away what is sealed; it has no key to read it with
        "table/petitions": "GetItem Query PutItem BatchWriteItem",
        "index/petitions/by_list": "Query",
        "table/centre": "Query",
    },
}
