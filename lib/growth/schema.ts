import { z } from "zod";

/** A number, or a decimal as text where binary floating point would lose digits. */
const decimal = z.union([
  z.number({ error: "a number" }).refine(Number.isFinite, "a finite number"),
  z.string().regex(/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/, "a decimal number such as 1234.56"),
]);

export const OPERATIONS = ["sum", "product", "difference", "quotient", "stock"] as const;
export type Operation = (typeof OPERATIONS)[number];

export type DriverLeaf = { id: string; label?: string; value: string | number; monthlyGrowth?: string | number };
export type DriverBranch = {
  id: string;
  label?: string;
  operation: Exclude<Operation, "stock">;
  children: DriverNode[];
};
export type DriverStock = {
  id: string;
  label?: string;
  operation: "stock";
  opening: string | number;
  inflow?: DriverNode;
  growthRate?: DriverNode;
  lossRate?: DriverNode;
};
export type DriverNode = DriverLeaf | DriverBranch | DriverStock;

const SIGNS: Readonly<Record<string, Operation>> = {
  "+": "sum",
  "*": "product",
  "×": "product",
  "-": "difference",
  "−": "difference",
  "/": "quotient",
  "÷": "quotient",
};

/** Reads `name` as `id`, `op` as `operation`, and the signs of arithmetic as their names. */
function plainTerms(raw: unknown): unknown {
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) return raw;
  const { name, op, ...node } = raw as Record<string, unknown>;
  if (node.id === undefined && name !== undefined) node.id = name;
  if (node.operation === undefined && op !== undefined) node.operation = op;
  if (typeof node.operation === "string") node.operation = SIGNS[node.operation] ?? node.operation;
  return node;
}

const named = { id: z.string().min(1, "a name of the driver").max(100), label: z.string().max(200).optional() };

export const driverNodeSchema: z.ZodType<DriverNode> = z.lazy(() =>
  z.preprocess(
    plainTerms,
    z.union([
      z.strictObject({ ...named, value: decimal, monthlyGrowth: decimal.optional() }),
      z.strictObject({
        ...named,
        operation: z.enum(["sum", "product", "difference", "quotient"]),
        children: z.array(driverNodeSchema).min(1, "at least one driver below"),
      }),
      z.strictObject({
        ...named,
        operation: z.literal("stock"),
        opening: decimal,
        inflow: driverNodeSchema.optional(),
        growthRate: driverNodeSchema.optional(),
        lossRate: driverNodeSchema.optional(),
      }),
    ]),
  ),
) as z.ZodType<DriverNode>;

export const driverSensitivityInputSchema = z.object({
  /** The root is revenue per month. */
  drivers: driverNodeSchema,
  horizonMonths: z.int().min(1, "1 to 120 months").max(120, "1 to 120 months"),
  /** Relative change per driver (0.1 is +10 %); drivers that are not named get +10 %. */
  shocks: z.record(z.string(), decimal).optional(),
  /** Enterprise value ÷ annualised revenue of the last month. */
  valuationMultiple: decimal.optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, "an ISO 4217 code")
    .optional(),
});
export type DriverSensitivityInput = z.infer<typeof driverSensitivityInputSchema>;

const number = z.number();

export const driverSensitivityOutputSchema = z.object({
  revenue: z.object({ base: number, byMonth: z.array(number) }),
  valuation: z.object({ base: number }).nullable(),
  drivers: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      rank: z.int(),
      value: number,
      shock: number,
      revenueDelta: number,
      /** Relative change of revenue per relative change of the driver. */
      revenueElasticity: number.nullable(),
      valuationDelta: number.nullable(),
      /** From the driver up to revenue, in the last month of the horizon. */
      path: z.array(z.object({ id: z.string(), operation: z.string(), base: number, shocked: number })),
    }),
  ),
  reasons: z.record(z.string(), z.string()),
});
export type DriverSensitivity = z.infer<typeof driverSensitivityOutputSchema>;

/** What a person orders of a cycle of the growth loop; `version` is the one on the person's screen. */
export const cycleOrderSchema = z.object({
  cycleId: z.uuid(),
  version: z.int().positive(),
  order: z.enum(["pause", "resume", "cancel", "review"]),
});
export type CycleOrder = z.infer<typeof cycleOrderSchema>;

export * from "./schema/levers";
