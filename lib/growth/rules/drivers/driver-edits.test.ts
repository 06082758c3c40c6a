import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type StoredNode, storedNodeSchema, type TreeEdit, treeEditSchema } from "../../schema/driver-tree";
import { editTree, leavesOf, nodesOf } from "./driver-edits";
import { templateFor } from "./tree-templates";

const { tree } = templateFor("saas");
const apply = (root: StoredNode, edit: TreeEdit): StoredNode => {
  const outcome = editTree(root, edit);
  if (!outcome.ok) throw new Error(outcome.refusal);
  return outcome.value;
};
const find = (root: StoredNode, id: string) => nodesOf(root).find((node) => node.id === id);

test.each(["saas", "marketplace", "commerce", "services", "something else"])(
  "the template of %s can be stored",
  (model) => {
    const { tree: template } = templateFor(model);
    expect(storedNodeSchema.parse(template)).toEqual(template);
    expect(leavesOf(template).every(({ fact, value }) => fact !== null && value === null)).toBe(true);
  },
);

describe("changes", () => {
  test("a value stands until it is given back to the facts", () => {
    const set = apply(tree, { kind: "set", node: "churn_rate", value: "0.01", monthlyGrowth: "-0.02" });
    expect(find(set, "churn_rate")).toMatchObject({ value: "0.01", monthlyGrowth: "-0.02", fact: "churn_rate" });
    const back = apply(set, { kind: "set", node: "churn_rate", value: null, monthlyGrowth: null });
    expect(back).toEqual(tree);
  });

  test("other revenue beside the subscriptions makes a new root", () => {
    const beside = { label: "Services", value: "12000" };
    const joined = apply(tree, { kind: "join", node: "revenue", operation: "sum", label: "Revenue", beside });
    expect(joined).toMatchObject({
      id: "d1",
      operation: "sum",
      children: [{ id: "revenue" }, { id: "d2", value: "12000" }],
    });
    expect(apply(joined, { kind: "remove", node: "d2" })).toEqual(tree);
  });

  test("a leaf becomes a branch under its own name, and takes more parts", () => {
    const parts = [
      { label: "Inbound", value: "4" },
      { label: "Outbound", value: "2" },
    ];
    const split = apply(tree, { kind: "split", node: "new_customers", operation: "sum", parts });
    expect(find(split, "new_customers")).toMatchObject({ operation: "sum", children: [{ id: "d1" }, { id: "d2" }] });
    const more = apply(split, {
      kind: "add",
      node: "new_customers",
      label: "Partner",
      value: "3",
      monthlyGrowth: "0.05",
    });
    expect(find(more, "d3")).toMatchObject({ label: "Partner", value: "3", monthlyGrowth: "0.05", fact: null });
  });

  test("a stock keeps its opening but may lose a rate", () => {
    const without = apply(tree, { kind: "remove", node: "expansion_rate" });
    expect(without).toMatchObject({ growthRate: null });
    expect(editTree(tree, { kind: "remove", node: "mrr" })).toMatchObject({ ok: false, refusal: "ROOT" });
  });

  test("the tree that was given stays as it was", () => {
    const before = structuredClone(tree);
    apply(tree, { kind: "rename", node: "revenue", label: "Sales" });
    expect(tree).toEqual(before);
  });
});

test.each<[string, TreeEdit, string]>([
  ["a driver that is not there", { kind: "rename", node: "nobody", label: "x" }, "UNKNOWN_DRIVER"],
  ["a value for a branch", { kind: "set", node: "loss_rate", value: "1", monthlyGrowth: null }, "NOT_A_LEAF"],
  ["splitting an opening", { kind: "split", node: "mrr", operation: "sum", parts: [] }, "NOT_A_LEAF"],
  [
    "adding below a leaf",
    { kind: "add", node: "churn_rate", label: "x", value: "1", monthlyGrowth: null },
    "NOT_A_BRANCH",
  ],
  ["removing the root", { kind: "remove", node: "revenue" }, "ROOT"],
])("%s is refused", (_name, edit, refusal) => {
  expect(editTree(tree, edit)).toMatchObject({ ok: false, refusal });
});

test("a value that nobody gave and no fact has is refused", () => {
  const joined = apply(tree, {
    kind: "join",
    node: "revenue",
    operation: "sum",
    label: "R",
    beside: { label: "O", value: "1" },
  });
  expect(editTree(joined, { kind: "set", node: "d2", value: null, monthlyGrowth: null })).toMatchObject({
    refusal: "NO_FACT",
  });
});

test("no sequence of edits makes a tree that cannot be stored or has a name twice", () => {
  const operation = fc.constantFrom("sum" as const, "product" as const);
  const value = fc.integer({ min: 0, max: 99 }).map(String);
  const pick = fc.nat();
  const step = fc.oneof(
    fc.record({ kind: fc.constant("split" as const), pick, operation, value }),
    fc.record({ kind: fc.constant("join" as const), pick, operation, value }),
    fc.record({ kind: fc.constant("add" as const), pick, operation, value }),
    fc.record({ kind: fc.constant("remove" as const), pick, operation, value }),
    fc.record({ kind: fc.constant("set" as const), pick, operation, value }),
  );
  fc.assert(
    fc.property(fc.constantFrom("saas", "commerce", "services"), fc.array(step, { maxLength: 15 }), (model, steps) => {
      let root = templateFor(model).tree;
      for (const { kind, pick: at, operation: op, value: text } of steps) {
        const all = nodesOf(root);
        const node = all[at % all.length]?.id ?? "";
        const part = { label: "Part", value: text };
        const given = {
          node,
          operation: op,
          value: text,
          monthlyGrowth: null,
          label: "Part",
          beside: part,
          parts: [part, part],
        };
        const outcome = editTree(root, treeEditSchema.parse({ kind, ...given }));
        if (outcome.ok) root = outcome.value;
      }
      expect(storedNodeSchema.safeParse(root).success).toBe(true);
      const ids = nodesOf(root).map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
    }),
    { numRuns: 200 },
  );
});
