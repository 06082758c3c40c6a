import { z } from "zod";

/** Section 6 of the specification: what the chairman may set per venture, with its range. */
export const PROFILES = ["conservative", "balanced", "aggressive"] as const;
export type ProfileName = (typeof PROFILES)[number];

export const AUTONOMIES = ["manual", "assisted", "auto"] as const;
export type AutonomyLevel = (typeof AUTONOMIES)[number];

type Numeric = { kind: "number"; label: string; unit: string; min: number; max: number | null; whole: boolean };
type Choice = { kind: "choice"; label: string; choices: readonly string[] };
export type ParameterDefinition = Numeric | Choice;

const number = (label: string, unit: string, min: number, max: number | null, whole = true): Numeric => ({
  kind: "number",
  label,
  unit,
  min,
  max,
  whole,
});
const choice = (label: string, choices: readonly string[]): Choice => ({ kind: "choice", label, choices });

/** What a second person has to approve too; each one includes those before it. Money that leaves always needs two. */
export const SECOND_PERSON = ["payments", "irreversible decisions", "large commitments"] as const;
export type SecondPerson = (typeof SECOND_PERSON)[number];

const FREQUENCIES = ["weekly", "monthly", "quarterly"] as const;
const REVIEWS = ["monthly", "quarterly", "semi-annually", "annually"] as const;

/** Money is in plain US dollars and converts at the stored rate of the day. */
export const PARAMETERS = {
  ventureMaturityScore: number("Venture maturity score", "%", 70, 100, false),
  minimumMetricsPeriod: number("Minimum metrics period", "months", 6, 24),
  metricsPositive: number("Metrics positive", "of 3", 2, 3),
  growthOptimizationTarget: number("Growth optimization target", "% a year", 10, 50, false),
  exitReadinessTarget: number("Exit readiness target", "points", 70, 100, false),
  minimumValuation: number("Minimum valuation", "USD", 1_000_000, null),
  growthInitiativesAtOnce: number("Growth initiatives at once", "initiatives", 3, 10),
  strategyReview: choice("Strategy review", REVIEWS),
  minimumInitiativeRoi: number("Minimum initiative ROI", "x", 2, 10, false),
  growthBudgetCap: number("Growth budget cap", "% of revenue", 10, 50, false),
  targetBuyerPool: number("Target buyer pool", "buyers", 5, 30),
  dueDiligenceLeadTime: number("Due diligence lead time", "months", 3, 12),
  valuationOptimizationPeriod: number("Valuation optimization period", "months", 6, 18),
  investmentBankerFrom: number("Investment banker from", "USD", 5_000_000, 50_000_000),
  negotiation: number("Negotiation", "months", 1, 6),
  closing: number("Closing", "months", 3, 12),
  earnOutPeriod: number("Earn-out period", "months", 0, 36),
  escrow: number("Escrow", "% of proceeds", 5, 20, false),
  growthAlertBelow: number("Growth alert below", "% a year", 0, 20, false),
  valuationDropAlert: number("Valuation drop alert", "% a quarter", 10, 30, false),
  readinessCheck: choice("Readiness check", FREQUENCIES),
  secondPerson: choice("Second person for", SECOND_PERSON),
  marketTimingSensitivity: choice("Market timing sensitivity", ["low", "medium", "high"]),
} as const satisfies Record<string, ParameterDefinition>;

export type ParameterKey = keyof typeof PARAMETERS;
export const PARAMETER_KEYS = Object.keys(PARAMETERS) as ParameterKey[];
/** A choice as its word, a number as it is written. */
export type Parameters = {
  [Key in ParameterKey]: (typeof PARAMETERS)[Key] extends Numeric ? number : string;
};

/** "from 70 to 100 %": the range as the refusal quotes it. */
export function rangeOf(definition: ParameterDefinition): string {
  if (definition.kind === "choice") return `one of ${definition.choices.join(", ")}`;
  const whole = definition.whole ? "a whole number " : "";
  const from = `${whole}from ${grouped(definition.min)}`;
  return definition.max === null
    ? `${from} ${definition.unit}`
    : `${from} to ${grouped(definition.max)} ${definition.unit}`;
}

const grouped = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ",");

function parameterSchema(definition: ParameterDefinition): z.ZodType<string | number> {
  const expected = `${definition.label}: ${rangeOf(definition)}`;
  if (definition.kind === "choice") return z.string(expected).refine((v) => definition.choices.includes(v), expected);
  const { min, max, whole } = definition;
  return z
    .number(expected)
    .refine((v) => v >= min && (max === null || v <= max) && (!whole || Number.isInteger(v)), expected);
}

const shape = Object.fromEntries(PARAMETER_KEYS.map((key) => [key, parameterSchema(PARAMETERS[key]).optional()]));
/** Only the parameters that differ from the profile; an unknown name is refused. */
export const overridesSchema = z.strictObject(shape) as unknown as z.ZodType<Partial<Parameters>>;
export type Overrides = z.infer<typeof overridesSchema>;

/** Addresses under /ventures that are pages and no venture. */
const RESERVED_SLUGS: readonly string[] = ["new", "hand-over"];

export const slugSchema = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "small letters, digits and single hyphens")
  .max(60, "at most 60 characters")
  .refine((slug) => !RESERVED_SLUGS.includes(slug), "another short name; this one is taken by a page");

export const BUSINESS_MODELS = ["saas", "marketplace", "commerce", "services"] as const;

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** What a venture is, as its chairman states it. */
const factsShape = {
  name: z.string().trim().min(1, "a name").max(120, "at most 120 characters"),
  summary: z.string().trim().max(600, "at most 600 characters").default(""),
  sector: z.string().trim().min(1, "a sector").max(80, "at most 80 characters"),
  businessModel: z.enum(BUSINESS_MODELS, "one of the four business models"),
  currency: z.string().regex(/^[A-Z]{3}$/, "an ISO 4217 code such as EUR"),
  country: z.string().regex(/^[A-Z]{2}$/, "an ISO 3166 code such as DE"),
  timeZone: z
    .string()
    .min(1, "a time zone such as Europe/Berlin")
    .refine(isTimeZone, "a time zone such as Europe/Berlin"),
  foundedOn: z.iso.date("a day").nullable().default(null),
  /** What stage 39 handed over; null where it was never assessed. */
  maturityScore: z.number("from 0 to 100").min(0, "from 0 to 100").max(100, "from 0 to 100").nullable().default(null),
  maturityAssessedOn: z.iso.date("a day").nullable().default(null),
};

export const createVentureSchema = z.object({
  ...factsShape,
  slug: slugSchema.optional(),
  profile: z.enum(PROFILES).default("balanced"),
  /** Left out: the one that the profile brings. */
  autonomy: z.enum(AUTONOMIES).optional(),
});
export type CreateVenture = z.input<typeof createVentureSchema>;

export const changeVentureSchema = z.object({
  ...factsShape,
  ventureId: z.uuid(),
  /** The version that the person read; another one in the database is a conflict. */
  version: z.int().positive(),
});
export type ChangeVenture = z.input<typeof changeVentureSchema>;

export const nameOwnerSchema = z.object({
  ventureId: z.uuid(),
  /** The version that the person read; another one in the database is a conflict. */
  version: z.int().positive(),
  ownerId: z.uuid().nullable(),
});
export type NameOwner = z.infer<typeof nameOwnerSchema>;

export const ventureIdSchema = z.object({ ventureId: z.uuid() });
export const archiveVentureSchema = ventureIdSchema.extend({
  reason: z.string().trim().min(3, "a reason of at least three letters").max(500, "at most 500 characters"),
});

export const configureVentureSchema = z.object({
  ventureId: z.uuid(),
  /** The version that the person read; another one in the database is a conflict. */
  version: z.int().positive(),
  profile: z.enum(PROFILES),
  autonomy: z.enum(AUTONOMIES).optional(),
  overrides: overridesSchema,
});
export type ConfigureVenture = z.output<typeof configureVentureSchema>;

export const initiateStage40Schema = z.object({
  ventureId: z.uuid(),
  overrideReason: z.string().trim().min(10, "a reason of at least ten letters").max(600).optional(),
});
export type InitiateStage40 = z.output<typeof initiateStage40Schema>;

const SUBSTAGES = ["40.1", "40.2", "40.3"] as const;

/** A venture whose stage 40 began before this system knew it. */
export const adoptStage40Schema = z
  .object({
    ventureId: z.uuid(),
    enteredOn: z.iso.date(),
    openSubstages: z.array(z.enum(SUBSTAGES)),
    /** Given when it has already left the stage. */
    exitedOn: z.iso.date().optional(),
    reason: z.string().trim().min(10, "a reason of at least ten letters").max(600),
  })
  .refine(({ openSubstages, exitedOn }) => (openSubstages.length === 0) === (exitedOn !== undefined), {
    path: ["openSubstages"],
    error: "at least one open substage, or none after an exit",
  })
  .refine(({ enteredOn, exitedOn }) => exitedOn === undefined || exitedOn >= enteredOn, {
    path: ["exitedOn"],
    error: "a day on or after the entry",
  });
export type AdoptStage40 = z.input<typeof adoptStage40Schema>;
