"""Every kind of page that council staff meet: the queue, decisions, listings, freshness, people."""

from __future__ import annotations

from functools import partial

from tests.browser.desk import ADA, SAM
from tests.browser.signed_in import (
    Doing,
    SignedIn,
    elsewhere,
    goes,
    reaches_sure,
    sends,
    unfold,
    wrong,
)

S = "/staff"
QUEUE, LISTING = f"{S}/queue", f"{S}/listings/rich"
REVISION = f"{S}/revisions/{{sent}}"
DECIDE, REFUSE = "#decide", "main form[action$='/refuse']"
GRANT = "main form:has([name=organisation])"
COMMENT = {"decision": "changes", "comment-about.summary": "Say what children do.", "note": "Hi."}


def of_sam(name: str, path: str, then: Doing | None = None, status: int = 200) -> SignedIn:
    """A page in a moderator's browser."""
    return SignedIn(name, path, then, status, SAM)


def of_ada(name: str, path: str, then: Doing | None = None) -> SignedIn:
    """A page in an administrator's browser."""
    return SignedIn(name, path, then, who=ADA)


decided = partial(goes, form=DECIDE)
QUEUES = (
    of_sam("staff-home", f"{S}/"),
    of_ada("staff-home-of-administrator", f"{S}/"),
    of_sam("queue", QUEUE),
    of_sam("queue-last-page", f"{QUEUE}?page=99"),
    of_sam("queue-one", f"{QUEUE}?organisation={{sent_organisation}}"),
    of_sam("queue-none", f"{QUEUE}?who=mine&flag=private&kind=new"),
    of_sam("approve-several", f"{S}/organisations/{{sent_organisation}}/approve"),
    of_sam("approve-several-none", f"{S}/organisations/{{heron}}/approve"),
    of_sam(
        "approve-several-chosen",
        f"{S}/organisations/{{sent_organisation}}/approve",
        reaches_sure({"revision": ""}),
    ),
    of_sam("comments", f"{S}/comments"),
    of_sam("comments-dealt", f"{S}/comments?show=dealt"),
    of_sam("comment", f"{S}/comments/{{comment}}"),
    of_sam("comment-dealt", f"{S}/comments/{{comment_dealt}}"),
    wrong("comment", f"{S}/comments/{{comment}}", sends({"reason": "word " * 700}), SAM),
    of_sam("log", f"{S}/log"),
    of_sam("log-none", f"{S}/log?who=Nobody+of+this+name"),
)
REVISIONS = (
    of_sam("revision", REVISION),
    of_sam("revision-open", REVISION, unfold),
    of_sam("revision-new", f"{S}/revisions/{{new_sent}}"),
    of_sam("revision-taken", f"{S}/revisions/{{taken}}"),
    of_sam("revision-decided", f"{S}/revisions/{{approved}}"),
    of_sam("revision-sent-back", f"{S}/revisions/{{asked}}"),
    wrong("revision", REVISION, sends(form=DECIDE), SAM),
    wrong("revision-reject", REVISION, sends({"decision": "reject"}, form=DECIDE), SAM),
    of_sam("confirm-approve", REVISION, decided({"decision": "approve"})),
    of_sam("confirm-changes", REVISION, decided(COMMENT)),
    of_sam("confirm-reject", REVISION, decided({"decision": "reject", "note": "A shop. " * 9})),
    of_sam("small-edits", REVISION, decided({"decision": "edits"})),
    of_sam(
        "beaten-decided",
        f"{REVISION}#{S}/revisions/{{approved}}/decide",
        elsewhere(decided({"decision": "approve"}), DECIDE),
    ),
    of_sam(
        "beaten-taken",
        f"{REVISION}#{S}/revisions/{{taken}}/decide",
        elsewhere(decided({"decision": "approve"}), DECIDE),
    ),
    of_sam("decided", f"{S}/revisions/{{approved}}/decided"),
    of_sam("decided-sent-back", f"{S}/revisions/{{asked}}/decided"),
)
LISTINGS = (
    of_sam("find", f"{S}/listings"),
    of_sam("find-one", f"{S}/listings?q=Otter+and+Heron"),
    of_sam("find-none", f"{S}/listings?q=xylophonequartz"),
    of_sam("staff-listing", LISTING),
    of_sam("staff-listing-long", f"{S}/listings/long-name"),
    of_sam("staff-listing-off", f"{S}/listings/{{hidden}}"),
    of_sam("versions", f"{S}/listings/{{versions}}/versions"),
    of_sam("versions-compared", f"{S}/listings/{{versions}}/versions?old=1&new=3"),
    of_sam("versions-none", f"{S}/listings/sparse/versions"),
    of_sam("back", f"{S}/listings/{{versions}}/versions/1/back"),
    of_sam("off", f"{LISTING}/off"),
    wrong("off", f"{LISTING}/off", sends(), SAM),
    of_sam("on", f"{S}/listings/{{hidden}}/on"),
    wrong("on", f"{S}/listings/{{hidden}}/on", sends(), SAM),
    of_sam("marks", f"{LISTING}/marks"),
    of_sam("marks-none", f"{S}/listings/sparse/marks"),
    wrong("marks", f"{LISTING}/marks", sends(form="main form.measure"), SAM),
    of_sam("reports", f"{LISTING}/reports"),
    of_sam("reports-none", f"{S}/listings/sparse/reports"),
    wrong("reports", f"{LISTING}/reports", sends(), SAM),
    of_sam("merge", f"{LISTING}/merge"),
    of_sam("merge-unknown", f"{LISTING}/merge?with=no-such-listing"),
    of_sam("merge-both", f"{LISTING}/merge?with=long-name"),
    wrong("merge", f"{LISTING}/merge?with=long-name", sends(), SAM),
    of_sam("merge-sure", f"{LISTING}/merge?with={{twin}}", reaches_sure({"keep": "rich"})),
)
FRESHNESS = (
    of_sam("freshness", f"{S}/freshness"),
    of_sam("freshness-areas", f"{S}/freshness?by=locality"),
    of_sam("freshness-tiers", f"{S}/freshness?by=tier"),
    of_sam("chase", f"{S}/freshness?list=chase"),
    of_sam("chase-last-page", f"{S}/freshness?list=chase&rung=1&page=2"),
    of_sam("chase-one", f"{S}/freshness?list=chase&by=organisation&of={{stale_organisation}}"),
    of_sam("chase-none", f"{S}/freshness?list=chase&by=organisation&of=desk-heron"),
    SignedIn("still-right", "/still-right/{word_right}"),
    SignedIn("still-right-said", "/still-right/{word_used}"),
    SignedIn("still-right-old", "/still-right/{word_old}", status=410),
    SignedIn("still-right-unknown", "/still-right/no-such-word", status=404),
)
PEOPLE = (
    of_sam("requests", f"{S}/requests"),
    of_sam("requests-last-page", f"{S}/requests?page=99"),
    of_sam("request-join", f"{S}/requests/{{join}}"),
    of_sam("request-claim", f"{S}/requests/{{claim}}"),
    of_sam("request-refused", f"{S}/requests/{{join_refused}}"),
    wrong("request", f"{S}/requests/{{join}}", sends(), SAM),
    wrong("request-refuse", f"{S}/requests/{{join}}", sends(form=REFUSE), SAM),
    of_sam(
        "request-beaten",
        f"{S}/requests/{{join}}#{S}/requests/{{join_refused}}",
        elsewhere(goes({"organisation": "new"}, form=GRANT), GRANT),
    ),
    of_ada("people", f"{S}/people"),
    of_ada("people-last-page", f"{S}/people?page=99"),
    of_ada("people-none", f"{S}/people?q=xylophonequartz"),
    of_ada("person", f"{S}/people/{{colleague}}"),
    of_ada("person-self", f"{S}/people/{{ada}}"),
    of_ada("person-shut-out", f"{S}/people/{{gone}}"),
    of_ada("person-of-staff", f"{S}/people/{{sam}}"),
    of_ada("invite", f"{S}/people/invite"),
    wrong("invite", f"{S}/people/invite", sends(), ADA),
    of_ada("invited", f"{S}/people/invited"),
)
STAFF = (*QUEUES, *REVISIONS, *LISTINGS, *FRESHNESS, *PEOPLE)
