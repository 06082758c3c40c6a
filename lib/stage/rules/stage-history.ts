import { CRITERION_IDS, type CriterionId, type Substage } from "../schema/run";

/** An event of the venture's record, as far as history is read from it. */
export type HistoryEvent = { type: string; at: string; subject: string; payload: Readonly<Record<string, unknown>> };

/** The state of a venture's stage as its record tells it. */
export type StageState = {
  stage: "mature" | "active" | "exited";
  paused: boolean;
  open: Substage[];
  /** Null: nothing was noted by then. */
  holding: CriterionId[] | null;
  openMemos: string[];
  /** Alerts that stood, by their cause, with their words. */
  openAlerts: { cause: string; title: string }[];
  certified: boolean;
  /** How many events it was told from; 0: the record does not reach back to that day. */
  events: number;
};

const NOTHING: StageState = {
  ...{
    stage: "mature",
    paused: false,
    open: [],
    holding: null,
    openMemos: [],
    openAlerts: [],
    certified: false,
    events: 0,
  },
};

const isSubstage = (value: unknown): value is Substage => value === "40.1" || value === "40.2" || value === "40.3";
const substagesIn = (value: unknown): Substage[] => (Array.isArray(value) ? value.filter(isSubstage) : []);
const criteriaIn = (value: unknown): CriterionId[] =>
  Array.isArray(value) ? CRITERION_IDS.filter((id) => value.includes(id)) : [];

const opened = (state: StageState, one: Substage): StageState => ({
  ...state,
  open: [...state.open.filter((other) => other !== one), one].toSorted(),
});
const closed = (state: StageState, one: Substage): StageState => ({
  ...state,
  open: state.open.filter((other) => other !== one),
});

type Step = (state: StageState, payload: HistoryEvent["payload"]) => StageState;

function ordered(state: StageState, { order, to }: HistoryEvent["payload"]): StageState {
  if (order === "pause") return { ...state, paused: true };
  if (order === "resume") return { ...state, paused: false };
  if (order === "cancel" || to === "39") return { ...state, stage: "mature", paused: false, open: [] };
  return state;
}

/** An emergency that the chairman decided on: out of the stage, or back into it. */
function impeded(state: StageState, { what }: HistoryEvent["payload"]): StageState {
  if (what === "back to stage 39") return { ...state, stage: "mature", open: [] };
  return what === "back in stage 40" ? opened({ ...state, stage: "active" }, "40.1") : state;
}

const STEPS: Readonly<Record<string, Step>> = {
  "stage.initiated": (state) => ({ ...opened({ ...state, open: [] }, "40.1"), stage: "active", certified: false }),
  "stage.adopted": (state, { openSubstages, exitedOn }) => ({
    ...{ ...state, open: substagesIn(openSubstages), stage: exitedOn ? "exited" : "active" },
  }),
  "exit-preparation.started": (state) => opened(state, "40.2"),
  "exit-preparation.reopened": (state) => opened(state, "40.2"),
  "exit-preparation.approved": (state) => opened(closed(state, "40.2"), "40.3"),
  "exit-preparation.returned": (state) => closed(state, "40.2"),
  "exit-preparation.cancelled": (state) => closed(state, "40.2"),
  "value-realization.started": (state) => opened(state, "40.3"),
  "value-realization.returned": (state) => closed(state, "40.3"),
  "stage.ordered": ordered,
  "impediment.decided": impeded,
  "stage.criteria-changed": (state, { holding }) => ({ ...state, holding: criteriaIn(holding) }),
  "stage.certified": (state) => ({ ...state, certified: true }),
  "venture.exited": (state) => ({ ...state, stage: "exited", open: [] }),
};

/** A memo waits for somebody from these on, and does not from those on. */
const MEMO_OPENS: readonly string[] = ["memo.proposed", "memo.reopened", "memo.returned"];
const MEMO_CLOSES: readonly string[] = [
  ...["memo.approved", "memo.conditionally-approved", "memo.approved-by-policy", "memo.rejected"],
  ...["memo.expired", "memo.lapsed", "memo.withdrawn", "memo.reversed"],
];

function memoStep(state: StageState, { type, subject }: HistoryEvent): StageState {
  const id = subject.replace(/^memo:/, "");
  const others = state.openMemos.filter((one) => one !== id);
  if (MEMO_OPENS.includes(type)) return { ...state, openMemos: [...others, id] };
  return MEMO_CLOSES.includes(type) ? { ...state, openMemos: others } : state;
}

function alertStep(state: StageState, { type, subject, payload }: HistoryEvent): StageState {
  if (type !== "alert.raised" && type !== "alert.cleared") return state;
  const others = state.openAlerts.filter(({ cause }) => cause !== subject);
  const title = typeof payload.title === "string" ? payload.title : subject;
  return { ...state, openAlerts: type === "alert.raised" ? [...others, { cause: subject, title }] : others };
}

/** The event types that history is told from. */
export const HISTORY_TYPES: readonly string[] = [
  ...[...Object.keys(STEPS), ...MEMO_OPENS, ...MEMO_CLOSES],
  ...["alert.raised", "alert.cleared"],
];

/** The state after these events of one venture, in the order of its record. */
export function stateAfter(events: readonly HistoryEvent[]): StageState {
  let state = NOTHING;
  for (const event of events) {
    const step = STEPS[event.type];
    state = step ? step(state, event.payload) : alertStep(memoStep(state, event), event);
  }
  // An alert alone does not tell where the stage was.
  return { ...state, events: events.filter(({ type }) => !type.startsWith("alert.")).length };
}
