const AGENTS: Readonly<Record<string, string>> = {
  growth: "Growth agent",
  exit: "Exit agent",
  value: "Value agent",
  coordinator: "Coordinator",
};

/** Who did it, as a person says it. `actorName` is the person's name where the ref is a person's. */
export function actorWords(ref: string, actorName?: string | null): string {
  const [kind = "", id = ""] = ref.split(":");
  if (kind === "user") return actorName && actorName !== ref ? actorName : "A person";
  if (kind === "agent") return AGENTS[id] ?? `${id} agent`;
  if (ref === "system:policy") return "The policy";
  return kind === "system" ? "The system" : ref;
}

/** "user.role-changed" → "changed a role". What has no sentence of its own is said from its name. */
const SENTENCES: Readonly<Record<string, string>> = {
  "access-token.created": "made an access token",
  "access-token.revoked": "ended an access token",
  "alert.raised": "raised an alert",
  "alert.cleared": "cleared an alert",
  "alert.acknowledged": "took note of an alert",
  "alert.unacknowledged": "took back the note of an alert",
  "artefact.stored": "stored a report",
  "audit.sealed": "sealed the day's record",
  "audit.verified": "verified the record",
  "cap-table.imported": "imported the cap table",
  "cap-table.import-undone": "took back the cap table",
  "cap-table.terms-answered": "said what a share class's charter provides",
  "demo.started": "began to load the demo",
  "demo.completed": "loaded the demo portfolio",
  "experiment.counted": "imported counts of an experiment",
  "experiment.decided": "decided an experiment",
  "experiment.drafted": "designed an experiment",
  "experiment.redrafted": "changed the design of an experiment",
  "experiment.started": "started an experiment",
  "experiment.stopped": "stopped an experiment",
  "export.made": "took a table along as a file",
  "figure.recomputed": "recomputed a figure",
  "buyer.added": "added a buyer",
  "buyer.claimed": "claimed something of a buyer",
  "buyer.cleared": "allowed a buyer to be approached",
  "buyer.clearance-withdrawn": "took back that a buyer may be approached",
  "buyer.list-loaded": "loaded a list of buyers",
  "buyer.moved": "moved a buyer on the board",
  "buyer.placed": "chose a buyer's place on the list",
  "metric.measured": "measured a metric",
  "readiness.scored": "scored a criterion of exit readiness",
  "readiness.task-added": "added a task for exit readiness",
  "readiness.task-changed": "changed a task for exit readiness",
  "readiness.task-done": "finished a task for exit readiness",
  "readiness.task-dropped": "dropped a task for exit readiness",
  "readiness.task-reopened": "reopened a task for exit readiness",
  "rates.recorded": "recorded exchange rates",
  "rates.taken-back": "took back an exchange rate",
  "forecast.made": "kept a forecast",
  "import.applied": "applied an import",
  "import.previewed": "previewed an import",
  "import.preview-expired": "set back a preview that nobody applied",
  "import.received": "uploaded a file",
  "import.reread": "read a file again",
  "import.undone": "took back an import",
  "endpoint.added": "opened a way out",
  "endpoint.closed": "closed a way out",
  "initiative.adopted": "took over an initiative",
  "initiative.budget-lowered": "lowered the budget of an initiative again",
  "initiative.budget-raised": "raised the budget of an initiative",
  "initiative.committed": "committed money of an initiative",
  "initiative.done": "finished an initiative",
  "initiative.measured": "measured an initiative",
  "initiative.noted": "wrote a note on an initiative",
  "initiative.paused": "paused an initiative",
  "initiative.plan-changed": "changed the plan of an initiative",
  "initiative.running": "put an initiative to work",
  "initiative.spend-reversed": "took back an entry of an initiative",
  "initiative.spent": "wrote down what an initiative cost",
  "initiative.started": "started an initiative",
  "initiative.stopped": "stopped an initiative",
  "initiative.task-done": "finished a task",
  "outbound.delivered": "told somebody outside",
  "initiative.file-loaded": "took over initiatives from a file",
  "initiative.file-undone": "took a file of initiatives back",
  "outbound.sent-again": "had something sent outside again",
  "outbound.given-up": "could not tell somebody outside",
  "memo.answered": "answered a question about a memo",
  "memo.approved-by-policy": "approved a memo as the policy says",
  "memo.conditionally-approved": "approved a memo with conditions",
  "memo.conditions-checked": "looked at the conditions of a memo",
  "memo.lapsed": "let a memo lapse",
  "memo.questioned": "asked about a memo",
  "memo.refreshed": "brought a memo up to date",
  "memo.proposed": "proposed a decision",
  "memo.approved": "approved a memo",
  "memo.first-approved": "approved a memo as the first of two",
  "memo.rejected": "rejected a memo",
  "memo.deferred": "deferred a memo",
  "memo.expired": "let a memo expire",
  "memo.reopened": "reopened a memo",
  "memo.returned": "brought back a deferred memo",
  "memo.reversed": "reversed a decision",
  "memo.undone": "undid what a decision had brought about",
  "memo.revised": "rewrote a memo",
  "memo.withdrawn": "withdrew a memo",
  "metric.book-of-record-set": "said which source to believe",
  "metric.corrected": "corrected a value",
  "run.started": "started an analysis",
  "run.succeeded": "finished an analysis",
  "run.failed": "could not finish an analysis",
  "run.stop-requested": "asked an analysis to stop",
  "run.stopped": "stopped an analysis",
  "session.started": "signed in",
  "session.ended": "signed out",
  "session.stepped-up": "confirmed with a second factor",
  "stage.adopted": "took over the venture in stage 40",
  "stage.initiated": "started stage 40",
  "user.role-changed": "changed a role",
  "venture.configured": "changed the venture's settings",
  "venture.created": "added the venture",
};

export function eventWords(type: string): string {
  const known = SENTENCES[type];
  if (known) return known;
  const [noun = type, verb = ""] = type.split(".").map((part) => part.replaceAll("-", " "));
  return verb ? `${verb} ${noun}` : noun;
}

/** The name of what an event speaks about, if its payload carries one: a title, a name, a file. */
export function subjectWords(payload: unknown): string | null {
  if (typeof payload !== "object" || payload === null) return null;
  for (const key of ["title", "name", "fileName", "label", "metric"]) {
    const value: unknown = Reflect.get(payload, key);
    if (typeof value === "string" && value.trim()) return value;
  }
  return null;
}
