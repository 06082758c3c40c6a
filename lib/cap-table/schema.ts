import { z } from "zod";

/** A decimal as text, as Open Cap Format writes numbers; a plus sign in front is allowed there. */
const numeric = z
  .union([z.string(), z.number()])
  .transform(String)
  .pipe(z.string().regex(/^[+-]?\d{1,40}(\.\d{1,20})?$/, 'a decimal such as "1000.50"'))
  .transform((text) => text.replace(/^\+/, ""));
const quantity = numeric.refine((text) => !text.startsWith("-"), "a number of at least 0");
const day = z.iso.date("a date such as 2026-01-31");
const ref = z.string().min(1);
/** Some exporters write "" where they mean nothing. */
const optionalRef = z
  .string()
  .nullish()
  .transform((text) => text || null);
const monetary = z.looseObject({ amount: numeric, currency: z.string().regex(/^[A-Z]{3}$/, "an ISO 4217 code") });
const ratio = z.looseObject({ numerator: quantity, denominator: quantity });

/** A whole number, as a number or as text; never what else might be read as one. */
const wholeNumber = z
  .union([z.number(), z.string().regex(/^\d{1,9}$/)], { error: "a whole number" })
  .transform(Number)
  .pipe(z.int({ error: "a whole number" }));
const periodSchema = z.looseObject({
  length: wholeNumber.pipe(z.int().min(0, "a whole number of at least 0").max(100_000)),
  type: z.enum(["MONTHS", "DAYS", "YEARS"]),
  occurrences: wholeNumber.pipe(z.int().min(1, "a whole number of at least 1").max(2_000)).default(1),
  day_of_month: z.string().optional(),
  cliff_installment: wholeNumber.pipe(z.int().min(1, "a whole number of at least 1")).optional(),
});
export type VestingPeriod = z.infer<typeof periodSchema>;

const triggerSchema = z.discriminatedUnion("type", [
  z.looseObject({ type: z.literal("VESTING_START_DATE") }),
  z.looseObject({ type: z.literal("VESTING_SCHEDULE_ABSOLUTE"), date: day }),
  z.looseObject({ type: z.literal("VESTING_SCHEDULE_RELATIVE"), period: periodSchema, relative_to_condition_id: ref }),
  z.looseObject({ type: z.literal("VESTING_EVENT") }),
]);

const conditionSchema = z.looseObject({
  id: ref,
  portion: ratio.extend({ remainder: z.boolean().optional() }).optional(),
  quantity: quantity.optional(),
  trigger: triggerSchema,
  cliff_condition: z
    .looseObject({
      period: z.looseObject({ length: wholeNumber.pipe(z.int().min(0)), type: z.enum(["MONTHS", "DAYS", "YEARS"]) }),
    })
    .optional(),
  next_condition_ids: z.array(z.string()).default([]),
});
export type VestingCondition = z.infer<typeof conditionSchema>;

export const ALLOCATION_TYPES = [
  "CUMULATIVE_ROUNDING",
  "CUMULATIVE_ROUND_DOWN",
  "FRONT_LOADED",
  "BACK_LOADED",
  "FRONT_LOADED_TO_SINGLE_TRANCHE",
  "BACK_LOADED_TO_SINGLE_TRANCHE",
  "FRACTIONAL",
] as const;
export type AllocationType = (typeof ALLOCATION_TYPES)[number];

export const vestingTermsSchema = z.looseObject({
  id: z.string().optional(),
  allocation_type: z.enum(ALLOCATION_TYPES, { error: `one of ${ALLOCATION_TYPES.join(", ")}` }),
  vesting_conditions: z.array(conditionSchema).min(1).max(500),
});
export type VestingTerms = z.infer<typeof vestingTermsSchema>;

export const vestingInput = z.strictObject({
  vestingTerms: vestingTermsSchema,
  grant: z.strictObject({
    quantity,
    vestingStartDate: day,
    events: z.array(z.strictObject({ conditionId: ref, date: day })).default([]),
  }),
  asOf: day,
});
export type VestingGrant = z.infer<typeof vestingInput>["grant"];
const amount = z.union([z.number(), z.string()]);
export const vestingOutput = z.object({
  vested: amount,
  unvested: amount,
  schedule: z.array(z.object({ date: z.string(), shares: amount, conditionId: z.string() })),
  expires: z.object({ date: z.string(), conditionId: z.string() }).nullable(),
});

const mechanismSchema = z.looseObject({
  type: z.string(),
  ratio: ratio.optional(),
  conversion_valuation_cap: monetary.optional(),
  conversion_discount: quantity.optional(),
  conversion_mfn: z.boolean().optional(),
});
const rightSchema = z.looseObject({ conversion_mechanism: mechanismSchema.optional() });

const stakeholder = z.looseObject({
  id: ref,
  name: z.looseObject({ legal_name: z.string().min(1) }),
  stakeholder_type: z.string().optional(),
});
const stockClass = z.looseObject({
  id: ref,
  name: z.string(),
  class_type: z.enum(["COMMON", "PREFERRED"]),
  seniority: numeric,
  price_per_share: monetary.optional(),
  conversion_rights: z.array(rightSchema).optional(),
  liquidation_preference_multiple: quantity.optional(),
  participation_cap_multiple: quantity.optional(),
});
const stockPlan = z.looseObject({
  id: ref,
  plan_name: z.string(),
  initial_shares_reserved: quantity,
  default_cancellation_behavior: z.string().optional(),
  stock_class_id: z.string().optional(),
  stock_class_ids: z.array(z.string()).optional(),
});
const vestingTermsObject = vestingTermsSchema.extend({ id: ref, name: z.string().optional() });

const tx = { id: ref, date: day };
const onSecurity = { ...tx, security_id: ref };
const results = { resulting_security_ids: z.array(z.string()).default([]), balance_security_id: optionalRef };
const issuance = { ...onSecurity, custom_id: z.string().optional(), stakeholder_id: ref };

const transactions = {
  TX_STOCK_ISSUANCE: z.looseObject({
    ...issuance,
    stock_class_id: ref,
    quantity,
    share_price: monetary.optional(),
    split_transaction_id: z.string().optional(),
    vesting_terms_id: z.string().optional(),
  }),
  TX_EQUITY_COMPENSATION_ISSUANCE: z.looseObject({
    ...issuance,
    stock_class_id: z.string().optional(),
    stock_plan_id: z.string().optional(),
    quantity,
    exercise_price: monetary.optional(),
    base_price: monetary.optional(),
    compensation_type: z.string().optional(),
    expiration_date: day.nullish(),
    vesting_terms_id: z.string().optional(),
  }),
  TX_WARRANT_ISSUANCE: z.looseObject({
    ...issuance,
    quantity: quantity.optional(),
    exercise_price: monetary.optional(),
    warrant_expiration_date: day.nullish(),
    vesting_terms_id: z.string().optional(),
  }),
  TX_CONVERTIBLE_ISSUANCE: z.looseObject({
    ...issuance,
    investment_amount: monetary,
    convertible_type: z.string(),
    conversion_triggers: z.array(z.looseObject({ conversion_right: rightSchema.optional() })).default([]),
    seniority: z.coerce.number().optional(),
  }),
  TRANSFER: z.looseObject({ ...onSecurity, ...results, quantity: quantity.optional() }),
  CANCELLATION: z.looseObject({ ...onSecurity, ...results, quantity: quantity.optional() }),
  REPURCHASE: z.looseObject({ ...onSecurity, ...results, quantity }),
  RETRACTION: z.looseObject(onSecurity),
  CONVERSION: z.looseObject({ ...onSecurity, ...results, quantity_converted: quantity.optional() }),
  EXERCISE: z.looseObject({ ...onSecurity, ...results, quantity: quantity.optional() }),
  RELEASE: z.looseObject({ ...onSecurity, ...results, quantity: quantity.optional() }),
  REISSUANCE: z.looseObject({ ...onSecurity, ...results, split_transaction_id: z.string().optional() }),
  CONSOLIDATION: z.looseObject({ ...tx, security_ids: z.array(ref).min(1), resulting_security_id: optionalRef }),
  REPRICING: z.looseObject({ ...onSecurity, new_exercise_price: monetary }),
  ACCEPTANCE: z.looseObject(onSecurity),
  SPLIT: z.looseObject({ ...tx, stock_class_id: ref, split_ratio: ratio }),
  RATIO_ADJUSTMENT: z.looseObject({ ...tx, stock_class_id: ref, new_ratio_conversion_mechanism: mechanismSchema }),
  POOL_ADJUSTMENT: z.looseObject({ ...tx, stock_plan_id: ref, shares_reserved: quantity }),
  RETURN_TO_POOL: z.looseObject({ ...tx, stock_plan_id: ref, security_id: z.string().optional(), quantity }),
  VESTING_START: z.looseObject({ ...onSecurity, vesting_condition_id: ref }),
  VESTING_EVENT: z.looseObject({ ...onSecurity, vesting_condition_id: ref }),
  VESTING_ACCELERATION: z.looseObject({ ...onSecurity, quantity }),
} as const;
export type TransactionShape = keyof typeof transactions;
export type TransactionOf<S extends TransactionShape> = z.infer<(typeof transactions)[S]>;

export const objectSchemas = {
  STAKEHOLDER: stakeholder,
  STOCK_CLASS: stockClass,
  STOCK_PLAN: stockPlan,
  VESTING_TERMS: vestingTermsObject,
  ...transactions,
} as const;
export type Shape = keyof typeof objectSchemas;
export type Stakeholder = z.infer<typeof stakeholder>;
export type StockClass = z.infer<typeof stockClass>;
export type StockPlan = z.infer<typeof stockPlan>;
export type VestingTermsObject = z.infer<typeof vestingTermsObject>;

export const manifestSchema = z.looseObject({
  file_type: z.literal("OCF_MANIFEST_FILE"),
  issuer: z.looseObject({ id: z.string().optional(), legal_name: z.string().min(1) }),
  as_of: day,
  ocf_version: z.string().optional(),
});

/** One object of a package as it came, with its place: the last link of a proof. */
export type OcfObject = {
  position: number;
  objectType: string;
  externalId: string;
  date: string | null;
  fileName: string;
  itemIndex: number;
  payload: Record<string, unknown>;
};

/** `path` is "<file>#items[3].quantity". */
export type OcfProblem = {
  path: string;
  code: "unreadable" | "invalid" | "unknown-type" | "contradiction" | "unclear";
  message: string;
};

export const PARTICIPATION = ["none", "full", "capped"] as const;
const answeredDecimal = z
  .string()
  .trim()
  .regex(/^\d{1,10}(\.\d{1,10})?$/, "a number such as 1.5");

/** What a person read in the charter, because the format does not say it. */
export const classTermsSchema = z
  .object({
    ventureId: z.uuid(),
    classId: ref,
    participation: z.enum(PARTICIPATION),
    capMultiple: answeredDecimal.nullable().default(null),
    liquidationMultiple: answeredDecimal.nullable().default(null),
    conversionRatio: answeredDecimal.nullable().default(null),
    evidence: z.string().trim().min(3, "where it is written, for example charter, section 2.1").max(500),
  })
  .refine((terms) => (terms.participation === "capped") === (terms.capMultiple !== null), {
    path: ["capMultiple"],
    error: "a cap if, and only if, participation is capped",
  });
export type ClassTermsInput = z.infer<typeof classTermsSchema>;
/** Shares of common for one preferred; "0" says that the class may not convert. */
export type ClassTerms = Pick<
  ClassTermsInput,
  "classId" | "participation" | "capMultiple" | "liquidationMultiple" | "conversionRatio" | "evidence"
>;

const share = z
  .string()
  .trim()
  .regex(/^(0(\.\d{1,8})?|1(\.0{1,8})?)$/, "a fraction from 0 to 1, such as 0.2 for 20 %");
const money = z
  .string()
  .trim()
  .regex(/^\d{1,20}(\.\d{1,6})?$/, "an amount such as 8000000");
export const CONVERTIBLE_KINDS = ["safe", "note"] as const;
export const ON_EXIT = ["better", "repaid"] as const;

/** How a SAFE or note is paid at an exit, as a person read it in the instrument. */
export const convertibleTermsSchema = z
  .object({
    ventureId: z.uuid(),
    securityId: ref,
    kind: z.enum(CONVERTIBLE_KINDS, "SAFE or note"),
    valuationCap: money.nullable().default(null),
    discountRatio: share.nullable().default(null),
    mostFavoured: z.boolean().default(false),
    interestRatio: share.nullable().default(null),
    interestFrom: day.nullable().default(null),
    maturesOn: day.nullable().default(null),
    onExit: z.enum(ON_EXIT, "what the holder gets at an exit"),
    premiumRatio: z
      .string()
      .trim()
      .regex(/^\d(\.\d{1,6})?$/, "a multiple of principal such as 1")
      .nullable()
      .default(null),
    evidence: z.string().trim().min(3, "where it is written, for example note of 3 March 2024, section 4").max(500),
  })
  .refine((terms) => terms.valuationCap === null || !/^0*(\.0*)?$/.test(terms.valuationCap), {
    path: ["valuationCap"],
    error: "a cap above zero, or none",
  })
  .refine((terms) => terms.discountRatio === null || !/^1/.test(terms.discountRatio), {
    path: ["discountRatio"],
    error: "a discount below 100 %",
  })
  .refine(
    (terms) =>
      terms.kind === "note" ||
      [terms.interestRatio, terms.maturesOn, terms.premiumRatio].every((value) => value === null),
    {
      path: ["kind"],
      error: "a note, if it bears interest, matures or is repaid with a premium; a SAFE does none of these",
    },
  );
export type ConvertibleTermsInput = z.infer<typeof convertibleTermsSchema>;
export type ConvertibleTerms = Omit<ConvertibleTermsInput, "ventureId">;

export const ocfUploadSchema = z.object({
  ventureId: z.uuid(),
  sourceName: z.string().trim().min(1).max(120).default("Open Cap Format"),
  /** The JSON files of a package, or one ZIP of them; bytes in base64. */
  files: z
    .array(z.object({ name: z.string().min(1).max(255), base64: z.base64() }))
    .min(1)
    .max(200),
});
export const ocfImportIdSchema = z.object({ importId: z.uuid() });
export const undoOcfSchema = z.object({ importId: z.uuid(), reason: z.string().trim().min(3).max(500) });

export const OCF_REFUSALS = [
  "UNREADABLE_FILE",
  "NO_MANIFEST",
  "FILE_TOO_LARGE",
  "NOT_PREVIEWED",
  "ALREADY_APPLIED",
  "ALREADY_IMPORTED",
  "STALE_PREVIEW",
  "NOT_APPLIED",
  "BUILT_UPON",
  "REASON_REQUIRED",
  "UNKNOWN_CLASS",
  "UNKNOWN_SECURITY",
] as const;
export type OcfRefusal = (typeof OCF_REFUSALS)[number];

export type OcfPreview = {
  importId: string;
  issuerName: string;
  asOf: string;
  objects: number;
  transactions: number;
  holders: number;
  classes: number;
  problems: OcfProblem[];
  /** The applied import of the same files that is the venture's cap table now. */
  alreadyImported: { importId: string; appliedAt: string } | null;
};

export const positionsInput = z.strictObject({
  ventureId: z.uuid(),
  asOf: day.optional().describe("counts transactions up to and including this day; all of them without it"),
});
export const positionsOutput = z.object({
  issuerName: z.string(),
  asOf: z.string().nullable(),
  holders: z.array(
    z.object({
      holderId: z.string(),
      name: z.string(),
      classId: z.string(),
      kind: z.string(),
      quantity: amount,
    }),
  ),
  classes: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      type: z.enum(["COMMON", "PREFERRED"]),
      rank: z.number().nullable(),
      outstanding: amount,
    }),
  ),
  openQuestions: z.array(z.object({ classId: z.string(), topic: z.string(), question: z.string() })),
  problems: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })),
  /** For distribution.waterfall; null while a question is open. */
  waterfallClasses: z.array(z.unknown()).nullable(),
  reasons: z.record(z.string(), z.string()).optional(),
});
