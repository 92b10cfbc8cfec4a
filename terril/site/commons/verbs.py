"""The verbs of the journal, in words: each room adds its own below its name."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERBS: dict[str, str | Promise] = {
    # people
    "person.added": _("person added to the directory"),
    "person.changed": _("person's details changed"),
    "person.joined": _("entry of the directory joined to an account"),
    "person.welcomed": _("account opened"),
    "role.granted": _("role granted"),
    "role.ended": _("role ended"),
    "invitation.sent": _("invitation sent"),
    "invitation.withdrawn": _("invitation withdrawn"),
    "invitation.accepted": _("invitation accepted"),
    "organisation.created": _("organisation added"),
    "organisation.changed": _("organisation changed"),
    "mandate.granted": _("mandate granted"),
    "mandate.ended": _("mandate ended"),
    # places
    "places.loaded": _("official places loaded"),
    "territory.created": _("territory created"),
    "outlines.added": _("outlines added"),
    # projects
    "call.known": _("past edition written from sources"),
    "call.announced": _("decisions made public all together"),
    "dossier.announced": _("decision made public"),
    "project.known": _("labelled project written from sources"),
    "project.registered": _("label entered in the register"),
    "project.corrected": _("register corrected"),
    "project.event_added": _("public event added"),
    "project.label_ended": _("label ended"),
    "project.label_withdrawn": _("label withdrawn"),
    # meetings
    "body.created": _("body created"),
    "meeting.convened": _("meeting convened"),
    "meeting.held": _("meeting held"),
    # programme: regimes, calls, examination, decisions, letters
    "regime.created": _("regime begun"),
    "regime.changed": _("regime rewritten"),
    "regime.published": _("regime published"),
    "call.created": _("call prepared"),
    "call.changed": _("call changed"),
    "call.published": _("call published"),
    "call.regime_replaced": _("rules of the call changed"),
    "call.decisions_published": _("decisions of the call published"),
    "question.added": _("question added"),
    "question.changed": _("question changed"),
    "question.moved": _("question moved"),
    "question.removed": _("question removed"),
    "dossier.opened": _("dossier begun"),
    "dossier.submitted": _("dossier handed in"),
    "dossier.completed": _("dossier completed"),
    "dossier.withdrawn": _("dossier withdrawn"),
    "access.given": _("code given for deposits after the closing"),
    "access.revoked": _("code revoked"),
    "access.entered": _("dossier let in by a code"),
    "access.used": _("code used for a deposit"),
    "document.added": _("file added"),
    "document.removed": _("file removed"),
    "collaborator.invited": _("collaborator invited"),
    "collaborator.removed": _("collaborator removed"),
    "dossier.completion_asked": _("completion asked"),
    "dossier.admitted": _("dossier found admissible"),
    "dossier.dismissed": _("dossier found not admissible"),
    "dossier.examined": _("examination begun"),
    "dossier.report_finished": _("analysis report finished"),
    "dossier.presented": _("dossier presented to the deciding body"),
    "dossier.decided": _("decision made public"),
    "dossier.reservation_lifted": _("reservation lifted"),
    "report.written": _("analysis report written"),
    "opinion.recorded": _("opinion recorded"),
    "opinion.corrected": _("opinion corrected"),
    "decision.prepared": _("decision prepared"),
    "decision.corrected": _("prepared decision corrected"),
    "decision.published": _("decision published"),
    "letters.composed": _("letters of decision composed"),
    "letter.edited": _("letter edited"),
    "letter.discarded": _("letter discarded"),
    "letter.set_aside": _("letter set aside with its decision"),
    "letter.released": _("letter released for sending"),
    "letter.retried": _("letter tried again"),
}


def words_of(verb: str) -> str:
    """Return a verb in the reader's language, or as written when nobody named it."""
    return str(VERBS.get(verb, verb))
