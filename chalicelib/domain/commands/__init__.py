"""What people and the clock ask of a case. `action` is the name in the table of permissions (permissions/)."""

from __future__ import annotations

from chalicelib.domain.command import Command as Command
from chalicelib.domain.commands.afterwards import ApprovePublication as ApprovePublication
from chalicelib.domain.commands.afterwards import CorrectLate as CorrectLate
from chalicelib.domain.commands.afterwards import NotePhoned as NotePhoned
from chalicelib.domain.commands.afterwards import NoteUndelivered as NoteUndelivered
from chalicelib.domain.commands.afterwards import ProposePublication as ProposePublication
from chalicelib.domain.commands.afterwards import Rate as Rate
from chalicelib.domain.commands.afterwards import Reopen as Reopen
from chalicelib.domain.commands.afterwards import Watch as Watch
from chalicelib.domain.commands.afterwards import WithdrawPublication as WithdrawPublication
from chalicelib.domain.commands.handling import Accept as Accept
from chalicelib.domain.commands.handling import Answer as Answer
from chalicelib.domain.commands.handling import Appoint as Appoint
from chalicelib.domain.commands.handling import CloseAction as CloseAction
from chalicelib.domain.commands.handling import Decline as Decline
from chalicelib.domain.commands.handling import ForwardToAgency as ForwardToAgency
from chalicelib.domain.commands.handling import ForwardToOfficer as ForwardToOfficer
from chalicelib.domain.commands.handling import GiveOpinion as GiveOpinion
from chalicelib.domain.commands.handling import Reappoint as Reappoint
from chalicelib.domain.commands.handling import Refer as Refer
from chalicelib.domain.commands.handling import ReturnToOperator as ReturnToOperator
from chalicelib.domain.commands.handling import SendToPost as SendToPost
from chalicelib.domain.commands.handling import SubmitResult as SubmitResult
from chalicelib.domain.commands.handling import TakeBack as TakeBack
from chalicelib.domain.commands.intake import Classify as Classify
from chalicelib.domain.commands.intake import Receive as Receive
from chalicelib.domain.commands.intake import Refuse as Refuse
from chalicelib.domain.commands.intake import RequestDetails as RequestDetails
from chalicelib.domain.commands.intake import SupplyDetails as SupplyDetails
from chalicelib.domain.commands.intake import Write as Write
from chalicelib.domain.input_commands import AskInput as AskInput
from chalicelib.domain.input_commands import DeclineInput as DeclineInput
from chalicelib.domain.input_commands import GiveInput as GiveInput
from chalicelib.domain.input_commands import WithdrawInput as WithdrawInput
from chalicelib.domain.supervision import Urge as Urge
