import { figureReference } from "@/lib/figures/schema";
import type { ReportBlock } from "@/lib/reports/schema";
import type { InitiativeStatus } from "../../schema/initiatives";
import type { StandingPart } from "./initiative-figures";
import type { MilestoneState } from "./initiative-plan";

export type PlanFacts = {
  title: string;
  lever: string;
  status: InitiativeStatus;
  ownerName: string | null;
  ownerRole: string;
  metricLabel: string;
  leadingLabel: string | null;
  startsOn: string;
  startedOn: string | null;
  reviewOn: string;
  reviewMonths: number;
  stopRule: string;
  milestones: readonly MilestoneState[];
  /** Ids of the figures that the plan quotes. */
  figures: Readonly<Record<StandingPart, string>>;
};

const EVERY: Readonly<Record<number, string>> = {
  1: "every month",
  3: "every quarter",
  6: "twice a year",
  12: "once a year",
};

const text = (body: string): ReportBlock => ({ kind: "paragraph", text: body });
const heading = (body: string): ReportBlock => ({ kind: "heading", level: 2, text: body });
const figure = (id: string): string => figureReference(id);

/** The plan as it is read, printed and sent: words of the memo and of the people who lead it, numbers as figures. */
export function planBlocks(facts: PlanFacts): ReportBlock[] {
  const { figures } = facts;
  return [
    heading("What is done"),
    text(`**${facts.title}.** It carries out the lever [[name:${facts.lever}]] and is ${facts.status}.`),
    text(
      facts.ownerName
        ? `[[name:${facts.ownerName}]] answers for it, as ${facts.ownerRole}.`
        : `Nobody answers for it yet; the memo asks for a ${facts.ownerRole}. It cannot start before a person is named.`,
    ),
    heading("What it is measured by"),
    {
      kind: "table",
      caption: "Baseline, now and target",
      columns: [
        { label: "Metric", numeric: false },
        { label: "Before the start", numeric: true },
        { label: "Now", numeric: true },
        { label: "Target", numeric: true },
      ],
      rows: [[facts.metricLabel, figure(figures.baseline), figure(figures.now), figure(figures.target)]],
    },
    text(
      facts.leadingLabel
        ? `What should move first: ${facts.leadingLabel}.`
        : "No leading metric is named: whether it works will be seen in the result alone.",
    ),
    text(
      "The effect is what an experiment shows where one is linked; otherwise the difference to a forecast made from the months before the start, checked against the change of the other ventures. “Cannot tell” is an answer.",
    ),
    heading("What it may cost"),
    text(
      `Budget ${figure(figures.budget)}, of which ${figure(figures.spent)} is spent and ${figure(figures.committed)} committed. A promise beyond the budget is a new decision of the chairman.`,
    ),
    heading("When it is looked at"),
    text(
      `It is planned from ${facts.startsOn}${facts.startedOn ? ` and was started on ${facts.startedOn}` : ""}. The next review is on ${facts.reviewOn}, then ${EVERY[facts.reviewMonths] ?? "at each review"}.`,
    ),
    text(`Stop rule: ${facts.stopRule}`),
    heading("Milestones and tasks"),
    ...facts.milestones.flatMap(milestoneBlocks),
  ];
}

function milestoneBlocks({ title, dueOn, reachedOn, tasks }: MilestoneState): ReportBlock[] {
  const state = reachedOn ? `reached on ${reachedOn}` : `due ${dueOn}`;
  const items = tasks.map((task) => `${task.title}: ${task.doneOn ? `done on ${task.doneOn}` : `due ${task.dueOn}`}`);
  const list: ReportBlock[] = items.length > 0 ? [{ kind: "list", ordered: false, items }] : [];
  return [{ kind: "heading", level: 3, text: `${title} (${state})` }, ...list];
}

export const planKind = (initiativeId: string): string => `strategy-plan:${initiativeId}`;
