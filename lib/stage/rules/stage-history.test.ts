import { expect, test } from "vitest";
import { type HistoryEvent, type StageState, stateAfter } from "./stage-history";

const event = (type: string, payload: Record<string, unknown> = {}, subject = "stage40:v:1"): HistoryEvent => ({
  ...{ type, subject, payload, at: "2026-01-01T00:00:00.000Z" },
});

const LIFE: readonly [HistoryEvent, Partial<StageState>][] = [
  [event("stage.initiated"), { stage: "active", open: ["40.1"], holding: null }],
  [event("stage.criteria-changed", { holding: ["40.2.buyers", "gone.since"] }), { holding: ["40.2.buyers"] }],
  [event("memo.proposed", {}, "memo:a"), { openMemos: ["a"] }],
  [event("exit-preparation.started"), { open: ["40.1", "40.2"] }],
  [event("memo.approved", {}, "memo:a"), { openMemos: [] }],
  [event("memo.reopened", {}, "memo:a"), { openMemos: ["a"] }],
  [event("memo.questioned", {}, "memo:a"), { openMemos: ["a"] }],
  [event("exit-preparation.returned"), { open: ["40.1"] }],
  [event("exit-preparation.reopened"), { open: ["40.1", "40.2"] }],
  [event("stage.ordered", { order: "pause" }), { paused: true }],
  [event("stage.ordered", { order: "resume" }), { paused: false }],
  [event("impediment.decided", { what: "back to stage 39" }), { stage: "mature", open: [] }],
  [event("impediment.decided", { what: "back in stage 40" }), { stage: "active", open: ["40.1"] }],
  [event("exit-preparation.reopened"), { open: ["40.1", "40.2"] }],
  [event("exit-preparation.approved"), { open: ["40.1", "40.3"] }],
  [event("value-realization.started"), { open: ["40.1", "40.3"] }],
  [event("value-realization.returned"), { open: ["40.1"] }],
  [event("memo.expired", {}, "memo:a"), { openMemos: [] }],
  [event("value-realization.started"), { open: ["40.1", "40.3"] }],
  [event("stage.certified"), { certified: true, stage: "active" }],
  [event("venture.exited"), { stage: "exited", open: [], certified: true }],
];

test("the state after every event of a life, one by one", () => {
  const events = LIFE.map(([one]) => one);
  LIFE.forEach(([{ type }, expected], index) => {
    expect(stateAfter(events.slice(0, index + 1)), `${index + 1}: ${type}`).toMatchObject({
      ...expected,
      events: index + 1,
    });
  });
});

test.each([
  ["cancelled", { order: "cancel" }, "mature"],
  ["rolled back to 39", { order: "roll-back", to: "39" }, "mature"],
  ["rolled back to growth", { order: "roll-back", to: "40.1" }, "active"],
])("a stage that was %s", (_name, payload, stage) => {
  expect(stateAfter([event("stage.initiated"), event("stage.ordered", payload)]).stage).toBe(stage);
});

test("a venture that was taken over, in the stage or after its exit", () => {
  const taken = (payload: Record<string, unknown>) => stateAfter([event("stage.adopted", payload)]);
  expect(taken({ openSubstages: ["40.1", "40.2"] })).toMatchObject({ stage: "active", open: ["40.1", "40.2"] });
  expect(taken({ openSubstages: [], exitedOn: "2026-10-30" })).toMatchObject({ stage: "exited", open: [] });
  expect(stateAfter([])).toMatchObject({ events: 0, open: [] });
});

test("alerts that stood, each cause once, until they ended; they alone do not tell of the stage", () => {
  const alert = (type: string, cause: string, title = cause) => event(type, { title }, `alert:${cause}`);
  const events = [alert("alert.raised", "runway", "cash runway low"), alert("alert.raised", "growth")];
  expect(stateAfter(events)).toMatchObject({
    ...{ events: 0, openAlerts: [{ cause: "alert:runway", title: "cash runway low" }, { title: "growth" }] },
  });
  const later = [
    ...events,
    event("stage.initiated"),
    alert("alert.cleared", "growth"),
    alert("alert.raised", "runway"),
  ];
  expect(stateAfter(later)).toMatchObject({ events: 1, openAlerts: [{ title: "runway" }] });
});
