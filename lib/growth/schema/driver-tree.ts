import { z } from "zod";

const decimal = z
  .string()
  .trim()
  .regex(/^-?\d{1,15}(\.\d{1,12})?$/, "a decimal number such as 1234.56");
const id = z.string().min(1).max(60);
const label = z.string().trim().min(1, "a name").max(80);
export const REASON = z.string().trim().min(3, "why, in a few words").max(300);

/** What a leaf can be filled from: the venture's own stored facts. */
export const FACT_KEYS = [
  ...["mrr", "new_customers", "new_customer_pays", "expansion_rate", "contraction_rate", "churn_rate"],
  ...["gross_merchandise_value", "take_rate", "customers", "customers_lost_rate", "revenue_per_customer"],
  ...["headcount", "revenue_per_head"],
] as const;
export const factKeySchema = z.enum(FACT_KEYS);
export type FactKey = z.infer<typeof factKeySchema>;

/** `value` is what an analyst said; without it the fact is read anew each time. One of the two is there. */
export type StoredLeaf = {
  id: string;
  label: string;
  value: string | null;
  monthlyGrowth: string | null;
  fact: FactKey | null;
};
export const BRANCH_OPERATIONS = ["sum", "product", "difference", "quotient"] as const;
export type BranchOperation = (typeof BRANCH_OPERATIONS)[number];
export type StoredBranch = { id: string; label: string; operation: BranchOperation; children: StoredNode[] };
/** A stock's opening is a leaf too: where it starts from. Losses and growth are rates of it per month. */
export type StoredStock = {
  id: string;
  label: string;
  operation: "stock";
  opening: StoredLeaf;
  inflow: StoredNode | null;
  growthRate: StoredNode | null;
  lossRate: StoredNode | null;
};
export type StoredNode = StoredLeaf | StoredBranch | StoredStock;

const leafSchema = z.strictObject({
  ...{ id, label, value: decimal.nullable(), monthlyGrowth: decimal.nullable(), fact: factKeySchema.nullable() },
});

export const storedNodeSchema: z.ZodType<StoredNode> = z.lazy(() =>
  z.union([
    leafSchema,
    z.strictObject({
      ...{ id, label, operation: z.enum(BRANCH_OPERATIONS) },
      children: z.array(storedNodeSchema).min(1).max(12),
    }),
    z.strictObject({
      ...{ id, label, operation: z.literal("stock"), opening: leafSchema },
      inflow: storedNodeSchema.nullable(),
      growthRate: storedNodeSchema.nullable(),
      lossRate: storedNodeSchema.nullable(),
    }),
  ]),
);

const part = z.object({ label, value: decimal });

/** One change of the tree; `node` is the id of what is changed. */
export const treeEditSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("rename"), node: id, label }),
  /** Without a value the leaf goes back to its fact. */
  z.object({ kind: z.literal("set"), node: id, value: decimal.nullable(), monthlyGrowth: decimal.nullable() }),
  z.object({
    kind: z.literal("split"),
    node: id,
    operation: z.enum(BRANCH_OPERATIONS),
    parts: z.array(part).min(2, "at least two parts").max(6),
  }),
  z.object({ kind: z.literal("add"), node: id, label, value: decimal, monthlyGrowth: decimal.nullable() }),
  /** Puts a driver beside a node, both under a new one: other revenue beside the subscriptions. */
  z.object({ kind: z.literal("join"), node: id, operation: z.enum(BRANCH_OPERATIONS), label, beside: part }),
  z.object({ kind: z.literal("remove"), node: id }),
]);
export type TreeEdit = z.infer<typeof treeEditSchema>;

const change = { ventureId: z.uuid(), version: z.int().nonnegative(), reason: REASON };
/** `version` is the one on the person's screen; 0 is the template that was never changed. */
export const editTreeSchema = z.object({ ...change, edit: treeEditSchema });
export const restoreTreeSchema = z.object({ ...change, to: z.int().nonnegative() });
export const groupHoldingSchema = z.object({ ...change, holderIds: z.array(z.string().min(1).max(200)).max(50) });
export type EditTree = z.infer<typeof editTreeSchema>;
export type RestoreTree = z.infer<typeof restoreTreeSchema>;
export type SetGroupHolding = z.infer<typeof groupHoldingSchema>;

export const TREE_REFUSALS = [
  "STALE_TREE",
  "UNKNOWN_DRIVER",
  "NOT_A_LEAF",
  "NO_FACT",
  "NOT_A_BRANCH",
  "TWO_PARTS_ONLY",
  "ROOT",
  "TOO_LARGE",
  "UNKNOWN_VERSION",
  "UNKNOWN_HOLDER",
] as const;
export type TreeRefusal = (typeof TREE_REFUSALS)[number];
