/** What of the crew's outputs is a matter for the chairman. Pure. */

export type Matter = {
  /** Stays the same while the cause lasts. */
  id: string;
  kind: "contradiction" | "decision" | "failed-run" | "refusal" | "unheeded";
  severity: "critical" | "warning";
  /** As an alert says it. */
  title: string;
  /** What it is about, by names that can be quoted. */
  subjects: { label: string }[];
};

export type CrewFacts = {
  /** YYYY-MM-DD */
  today: string;
  /** The reports that disagree, once for each set of them; one alone disagrees with its own figures. */
  contradictions: readonly (readonly { kind: string; label: string }[])[];
  memos: readonly { id: string; title: string; dueOn: string | null; irreversible: boolean }[];
  runs: readonly { agent: string; task: string; status: string }[];
  alerts: readonly {
    id: string;
    kind: string;
    severity: string;
    title: string;
    label: string;
    since: string;
    noted: boolean;
  }[];
};

/** A decision that is due so soon is brought up again; a warning that nobody noted for so long is brought up at all. */
const DUE_DAYS = 2;
const UNHEEDED_DAYS = 7;
const DAY_MS = 86_400_000;
const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);

/** What an escalation or a contradiction tells has its own matter. */
const OWN = ["escalation", "artefact-contradiction"];

function decisions({ memos, today }: CrewFacts): Matter[] {
  return memos
    .filter(({ dueOn }) => dueOn !== null && daysBetween(today, dueOn) <= DUE_DAYS)
    .map(
      ({ id, title, irreversible }): Matter => ({
        ...{ id: `decision:${id}`, kind: "decision", severity: irreversible ? "critical" : "warning" },
        ...{ title: `A decision is due: ${title}`, subjects: [{ label: title }] },
      }),
    );
}

function contradictions({ contradictions: open }: CrewFacts): Matter[] {
  return open.map((reports): Matter => {
    const labels = reports.map(({ label }) => label);
    const title =
      labels.length > 1
        ? `Reports contradict each other: ${labels.join(", ")}`
        : `A report is no longer right: ${labels.join("")}`;
    const id = `contradiction:${reports.map(({ kind }) => kind).join("+")}`;
    return { id, kind: "contradiction", severity: "warning", title, subjects: labels.map((label) => ({ label })) };
  });
}

const failures = ({ runs }: CrewFacts): Matter[] =>
  runs
    .filter(({ status }) => status === "failed")
    .map(
      ({ agent, task }): Matter => ({
        ...{ id: `failed-run:${agent}/${task}`, kind: "failed-run", severity: "warning" },
        ...{ title: `The last ${task} run of the ${agent} agent failed`, subjects: [{ label: agent }] },
      }),
    );

/** Critical alerts are with the chairman already; a refused agent is looked at at once, another warning after a week. */
const unheeded = ({ alerts, today }: CrewFacts): Matter[] =>
  alerts
    .filter(({ kind, severity, noted }) => severity === "warning" && !noted && !OWN.includes(kind))
    .filter(({ kind, since }) => kind === "agent-refused" || daysBetween(since, today) >= UNHEEDED_DAYS)
    .map(
      ({ id, kind, title, label }): Matter => ({
        ...{ id: `alert:${id}`, kind: kind === "agent-refused" ? "refusal" : "unheeded", severity: "warning", title },
        subjects: [{ label }],
      }),
    );

/** Most severe first, otherwise in this order. */
export function mattersOf(facts: CrewFacts): Matter[] {
  const all = [...decisions(facts), ...contradictions(facts), ...failures(facts), ...unheeded(facts)];
  return [
    ...all.filter(({ severity }) => severity === "critical"),
    ...all.filter(({ severity }) => severity === "warning"),
  ];
}
