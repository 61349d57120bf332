"""The Chalice application: blueprints only. See docs/architecture.md."""

from chalice.app import Chalice

from chalicelib.entrypoints import (
    api_accounts,
    api_actions,
    api_calendar,
    api_dead_letters,
    api_desk,
    api_export,
    api_files,
    api_follow_ups,
    api_keys,
    api_letters,
    api_mails,
    api_operations,
    api_public,
    api_risk,
    api_sessions,
    http,
    openapi,
    pages,
    pages_follow,
    pages_home,
    pages_reply,
    pages_send,
    pages_sign_in,
    queues,
    schedules,
    streams,
)

app = Chalice(app_name="tongdai")
app.register_middleware(http.rim, "http")
for blueprint in (
    api_public.routes,
    api_sessions.routes,
    openapi.routes,
    api_desk.routes,
    api_export.routes,
    api_actions.routes,
    api_files.routes,
    api_follow_ups.routes,
    api_calendar.routes,
    api_accounts.routes,
    api_keys.routes,
    api_letters.routes,
    api_risk.routes,
    api_operations.routes,
    api_dead_letters.routes,
    api_mails.routes,
    pages.routes,
    pages_home.routes,
    pages_send.routes,
    pages_follow.routes,
    pages_reply.routes,
    pages_sign_in.routes,
    queues.workers,
    streams.workers,
    schedules.timers,
):
    app.register_blueprint(blueprint)
