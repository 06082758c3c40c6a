import { describe, expect, it } from "vitest";
import type { Benefit, ItemState, Side, SignatureState, Task } from "../schema";
import { TEMPLATES } from "../schema";
import {
  conditionRefusal,
  type Item,
  isOver,
  isWaived,
  missingForRelease,
  moveRefusal,
  type Signature,
  standingOf,
  stateRefusal,
  waiverRefusal,
  writeRefusal,
} from "./checklist";
import { cycleIn } from "./network";
import { TEMPLATE_ITEMS } from "./templates";

const TODAY = "2027-01-04";
type Part = { id: string; state?: ItemState; after?: string[]; waived?: Side[] } & Partial<Task>;
const item = ({ id, state = "open", after = [], waived = [], ...task }: Part): Item => ({
  ...{ id, state, after, waived },
  task: {
    group: "regulatory",
    title: id,
    party: "company",
    person: "",
    dueOn: null,
    days: 1,
    condition: null,
    ...task,
  },
});
const signature = (state: SignatureState): Signature => ({
  ...{ documentId: "d", title: "Agreement", signatory: "Buyer", party: "buyer", state },
});

describe("writing an item", () => {
  const a = item({ id: "a" });
  const b = item({ id: "b", after: ["a"] });
  it("refuses a circle by its names", () => {
    const no = writeRefusal({ ...a, after: ["b"] }, [b]);
    expect(no).toMatchObject({
      refusal: "CYCLE",
      problems: [{ expected: expect.stringContaining("“b” waits for “a”") }],
    });
    expect(writeRefusal({ ...a, after: ["a"] }, [b])?.refusal).toBe("CYCLE");
  });
  it("refuses what is not there, and what comes after closing before what has to be there", () => {
    expect(writeRefusal({ ...a, after: ["x"] }, [])?.refusal).toBe("NO_SUCH_ITEM");
    const late = item({ id: "late", group: "post-closing" });
    expect(writeRefusal({ ...a, after: ["late"] }, [late])?.refusal).toBe("POST_CLOSING");
    expect(writeRefusal({ ...a, task: { ...a.task, group: "post-closing" } }, [b])?.refusal).toBe("POST_CLOSING");
    expect(writeRefusal({ ...late, after: ["a"] }, [a])).toBeNull();
  });
  it("refuses a done item that would wait for an open one", () => {
    expect(writeRefusal({ ...b, state: "done" }, [a])?.refusal).toBe("DEPENDENCY_OPEN");
    expect(writeRefusal({ ...b, state: "done" }, [{ ...a, state: "not-applicable" }])).toBeNull();
  });
});

describe("states", () => {
  const chain = [item({ id: "a" }), item({ id: "b", after: ["a"] }), item({ id: "c", after: ["b"] })];
  const with_ = (states: ItemState[]) => chain.map((one, index) => ({ ...one, state: states[index] ?? "open" }));
  it.each<[ItemState[], string[], ItemState, string | null]>([
    [["open", "open", "open"], ["b"], "done", "DEPENDENCY_OPEN"],
    [["in-progress", "open", "open"], ["b"], "done", "DEPENDENCY_OPEN"],
    [["open", "open", "open"], ["a", "b"], "done", null],
    [["open", "open", "open"], ["c", "a", "b"], "done", null],
    [["open", "open", "open"], ["a", "c"], "done", "DEPENDENCY_OPEN"],
    [["done", "open", "open"], ["b"], "done", null],
    [["not-applicable", "open", "open"], ["b"], "done", null],
    [["waived", "open", "open"], ["b"], "done", null],
    [["done", "done", "open"], ["a"], "open", "DEPENDENT_DONE"],
    [["done", "done", "open"], ["a"], "not-applicable", null],
    [["done", "done", "open"], ["b"], "in-progress", null],
    [["waived", "open", "open"], ["a"], "open", "ALREADY_WAIVED"],
    [["open", "open", "open"], ["b"], "in-progress", null],
  ])("%j, %j → %s: %s", (states, ids, to, refusal) => {
    expect(stateRefusal(with_(states), ids, to)?.refusal ?? null).toBe(refusal);
  });
});

describe("making something a condition, or none", () => {
  const given = { documentId: null, note: "Letter", on: TODAY };
  it.each<[string, Part, unknown, Benefit | null, string | null]>([
    ["open", { id: "a" }, null, "ours", null],
    ["done on evidence", { id: "a", state: "done" }, given, "ours", null],
    ["done on nothing", { id: "a", state: "done" }, null, "ours", "NO_EVIDENCE"],
    ["not applicable on nothing", { id: "a", state: "not-applicable" }, null, "law", "NO_EVIDENCE"],
    ["done on nothing, and none as before", { id: "a", state: "done" }, null, null, null],
    [
      "given up, and left as it is",
      { id: "a", condition: "ours", state: "waived", waived: ["ours"] },
      null,
      "ours",
      null,
    ],
    [
      "given up, and made none",
      { id: "a", condition: "ours", state: "waived", waived: ["ours"] },
      null,
      null,
      "ALREADY_WAIVED",
    ],
  ])("%s", (_, part, evidence, condition, refusal) =>
    expect(conditionRefusal({ ...item(part), evidence }, condition)?.refusal ?? null).toBe(refusal),
  );
});

describe("a closing whose signatures are released", () => {
  const post = item({ id: "a", group: "post-closing" });
  it.each<[string, Item, SignatureState[], boolean]>([
    ["an item before closing", item({ id: "a" }), ["released", "released"], true],
    ["one of two held yet", item({ id: "a" }), ["released", "held"], false],
    ["no signature asked for", item({ id: "a" }), [], false],
    ["an item after closing", post, ["released"], false],
  ])("%s", (_, one, states, over) => expect(isOver(one, states.map(signature))).toBe(over));
});

describe("waivers", () => {
  it.each<[Benefit | null, Side[], ItemState, Side, string | null]>([
    ["ours", [], "open", "ours", null],
    ["ours", [], "open", "theirs", "NOT_THEIRS"],
    ["theirs", [], "in-progress", "theirs", null],
    ["theirs", [], "open", "ours", "NOT_OURS"],
    ["both", [], "open", "ours", null],
    ["both", ["ours"], "open", "theirs", null],
    ["both", ["ours"], "open", "ours", "ALREADY_WAIVED"],
    ["law", [], "open", "ours", "BY_LAW"],
    ["law", [], "open", "theirs", "BY_LAW"],
    [null, [], "open", "ours", "NOT_A_CONDITION"],
    ["ours", [], "done", "ours", "ALREADY_WAIVED"],
  ])("for %s, waived by %j, %s: %s may %s", (condition, waived, state, side, refusal) => {
    expect(waiverRefusal(item({ id: "a", condition, waived, state }), side)?.refusal ?? null).toBe(refusal);
  });
  it("needs everybody whom it protects", () => {
    expect(isWaived("both", ["ours"])).toBe(false);
    expect(isWaived("both", ["theirs", "ours"])).toBe(true);
    expect(isWaived("ours", ["ours"])).toBe(true);
    expect(isWaived("law", ["ours", "theirs"])).toBe(false);
    expect(isWaived(null, [])).toBe(false);
  });
});

describe("signatures", () => {
  it.each<[SignatureState[], "not-sent" | "out" | "signed" | "held", string | null]>([
    [["not-sent", "not-sent"], "out", null],
    [["not-sent"], "signed", "WRONG_ORDER"],
    [["out"], "signed", null],
    [["signed"], "held", null],
    [["out", "signed"], "held", "WRONG_ORDER"],
    [["held"], "signed", null],
    [["held", "released"], "signed", "RELEASED"],
  ])("%j → %s: %s", (states, to, refusal) => {
    expect(moveRefusal(states, to)?.refusal ?? null).toBe(refusal);
  });
});

describe("where a closing stands", () => {
  const met = item({ id: "met", condition: "ours", state: "done" });
  const gone = item({ id: "gone", condition: "theirs", state: "waived", waived: ["theirs"] });
  const open = item({ id: "open", condition: "law", days: 30, dueOn: "2027-01-03" });
  const step = item({ id: "step", days: 3 });
  const after = item({ id: "after", group: "post-closing", days: 90, dueOn: "2027-01-03" });
  it("is ready when every condition is settled and every signature held, whatever else is open", () => {
    expect(standingOf([met, gone, step], [signature("held")], TODAY)).toMatchObject({ ready: true, released: false });
    expect(standingOf([met, gone, open], [signature("held")], TODAY).ready).toBe(false);
    expect(standingOf([met], [signature("signed")], TODAY).ready).toBe(false);
    expect(standingOf([met], [], TODAY).ready).toBe(false);
    expect(standingOf([], [signature("held")], TODAY).ready).toBe(false);
    const blocked = standingOf([met], [signature("held")], TODAY, ["The FTC"]);
    expect([blocked.ready, missingForRelease(blocked, [signature("held")])]).toEqual([
      ...[false, [{ kind: "regulator", text: "The FTC stands against the deal" }]],
    ]);
    expect(standingOf([met], [signature("released")], TODAY)).toMatchObject({ released: true });
  });
  it("counts days to closing over what is open before it, and what is late over everything", () => {
    const found = standingOf([met, open, step, after], [signature("out")], TODAY);
    expect(found.schedule).toMatchObject({ length: 30, path: ["open"] });
    expect(found.overdue.map(({ id }) => id)).toEqual(["open", "after"]);
    expect(found).toMatchObject({ settled: 1, total: 3, conditions: 2 });
    expect(missingForRelease(found, [signature("out")])).toEqual([
      { kind: "condition", text: "open" },
      { kind: "signature", text: "Agreement, Buyer" },
    ]);
  });
  it("is not overdue on its day", () => {
    expect(standingOf([item({ id: "a", dueOn: TODAY })], [], TODAY).overdue).toEqual([]);
  });
});

describe("templates", () => {
  it.each(TEMPLATES)("%s has every dependency, no circle, and an end that is known", (name) => {
    const rows = TEMPLATE_ITEMS[name];
    const keys = rows.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(rows.flatMap(({ after }) => after).filter((one) => !keys.includes(one))).toEqual([]);
    expect(cycleIn(rows.map(({ key, after }) => ({ id: key, after })))).toBeNull();
    const items = rows.map(({ key, after, ...task }) => item({ id: key, after: [...after], ...task }));
    const found = standingOf(items, [], TODAY);
    expect(found.schedule.length).toBe(40);
    expect(
      items.map((one) =>
        writeRefusal(
          one,
          items.filter((other) => other !== one),
        ),
      ),
    ).toEqual(items.map(() => null));
  });
});
