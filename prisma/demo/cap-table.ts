import { createHash } from "node:crypto";
import { Exact, toMinor } from "@/lib/money";
import type { CapTableScript, Round } from "./script";

export type OcfFile = { name: string; text: string };

type Item = Record<string, unknown> & { id: string; object_type: string };
type Money = { amount: string; currency: string };

const COMMON = "common";
const PLAN = "option-plan";
const VESTING = "four-years-one-year-cliff";
const PAR = "0.0001";

/** What each round brought in, by month: the cash bridge takes it from here. */
export function fundingByMonth(script: CapTableScript, currency: string): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const round of script.rounds) {
    const month = round.date.slice(0, 7);
    const shares = round.buyers.reduce((sum, [, bought]) => sum + bought, 0);
    sums.set(month, (sums.get(month) ?? 0n) + toMinor(new Exact(round.pricePerShare).times(shares), currency));
  }
  return sums;
}

/** An Open Cap Format package: manifest first, its checksums over the other files as written. */
export function capTablePackage(script: CapTableScript, slug: string, currency: string, asOf: string): OcfFile[] {
  const money = (amount: string): Money => ({ amount, currency });
  const files = [
    ocfFile("Stakeholders", "STAKEHOLDERS", stakeholders(script)),
    ocfFile("StockClasses", "STOCK_CLASSES", stockClasses(script, money)),
    ocfFile("StockPlans", "STOCK_PLANS", [stockPlan(script)]),
    ocfFile("VestingTerms", "VESTING_TERMS", [vestingTerms()]),
    ocfFile("Transactions", "TRANSACTIONS", transactions(script, money)),
  ];
  return [manifest(script, slug, asOf, files), ...files];
}

const stringify = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const ocfFile = (name: string, type: string, items: readonly Item[]): OcfFile => ({
  name: `${name}.ocf.json`,
  text: stringify({ file_type: `OCF_${type}_FILE`, items }),
});

function manifest(script: CapTableScript, slug: string, asOf: string, files: readonly OcfFile[]): OcfFile {
  const [stakeholdersFile, classes, plans, vesting, moves] = files.map(({ name, text }) => [
    { filepath: `./${name}`, md5: createHash("md5").update(text).digest("hex") },
  ]);
  const issuer = {
    object_type: "ISSUER",
    id: slug,
    legal_name: script.legalName,
    formation_date: script.formedOn,
    country_of_formation: script.country,
    comments: [],
  };
  const content = {
    ocf_version: "1.2.1-alpha+main",
    file_type: "OCF_MANIFEST_FILE",
    issuer,
    as_of: asOf,
    generated_at: `${asOf}T00:00:00Z`,
    stock_plans_files: plans,
    stock_legend_templates_files: [],
    stock_classes_files: classes,
    transactions_files: moves,
    stakeholders_files: stakeholdersFile,
    vesting_terms_files: vesting,
    valuations_files: [],
    comments: ["Demonstration data: every name and number is made up."],
  };
  return { name: "Manifest.ocf.json", text: stringify(content) };
}

const stakeholders = (script: CapTableScript): Item[] =>
  script.holders.map(({ id, name, kind, relation }) => ({
    id,
    object_type: "STAKEHOLDER",
    name: { legal_name: name },
    stakeholder_type: kind,
    current_relationships: [relation],
  }));

function stockClasses(script: CapTableScript, money: (amount: string) => Money): Item[] {
  const common: Item = {
    object_type: "STOCK_CLASS",
    id: COMMON,
    name: "Common",
    class_type: "COMMON",
    default_id_prefix: "CS-",
    initial_shares_authorized: "100000000",
    votes_per_share: "1",
    par_value: money(PAR),
    seniority: "0",
    conversion_rights: [],
    comments: [],
  };
  return [common, ...script.rounds.map((round) => preferredClass(round, money))];
}

const preferredClass = (round: Round, money: (amount: string) => Money): Item => ({
  object_type: "STOCK_CLASS",
  id: round.classId,
  name: round.name,
  class_type: "PREFERRED",
  default_id_prefix: `${round.classId.toUpperCase()}-`,
  initial_shares_authorized: String(round.buyers.reduce((sum, [, shares]) => sum + shares, 0)),
  board_approval_date: round.date,
  votes_per_share: "1",
  par_value: money(PAR),
  price_per_share: money(round.pricePerShare),
  // A higher number is paid first.
  seniority: String(round.seniority),
  conversion_rights: [
    {
      type: "STOCK_CLASS_CONVERSION_RIGHT",
      conversion_mechanism: {
        type: "RATIO_CONVERSION",
        conversion_price: money(round.pricePerShare),
        ratio: { numerator: "1", denominator: "1" },
        rounding_type: "NORMAL",
      },
      converts_to_stock_class_id: COMMON,
    },
  ],
  liquidation_preference_multiple: round.multiple,
  ...(round.capMultiple ? { participation_cap_multiple: round.capMultiple } : {}),
  comments: [],
});

const stockPlan = (script: CapTableScript): Item => ({
  object_type: "STOCK_PLAN",
  id: PLAN,
  plan_name: "Employee option plan",
  board_approval_date: script.pool.from,
  initial_shares_reserved: String(script.pool.shares),
  default_cancellation_behavior: "RETURN_TO_POOL",
  stock_class_ids: [COMMON],
  comments: [],
});

function vestingTerms(): Item {
  const after = (length: number, occurrences: number, anchor: string) => ({
    type: "VESTING_SCHEDULE_RELATIVE",
    period: { length, type: "MONTHS", occurrences, day_of_month: "VESTING_START_DAY_OR_LAST_DAY_OF_MONTH" },
    relative_to_condition_id: anchor,
  });
  return {
    id: VESTING,
    object_type: "VESTING_TERMS",
    name: "Four years, one year cliff",
    description: "A quarter after a year, then one forty-eighth each month for three years.",
    allocation_type: "CUMULATIVE_ROUNDING",
    vesting_conditions: [
      { id: "start", quantity: "0", trigger: { type: "VESTING_START_DATE" }, next_condition_ids: ["cliff"] },
      {
        id: "cliff",
        portion: { numerator: "12", denominator: "48" },
        trigger: after(12, 1, "start"),
        next_condition_ids: ["monthly"],
      },
      {
        id: "monthly",
        portion: { numerator: "1", denominator: "48" },
        trigger: after(1, 36, "cliff"),
        next_condition_ids: [],
      },
    ],
  };
}

function issuance(id: string, date: string, holder: string, classId: string, shares: number, price: Money): Item {
  return {
    object_type: "TX_STOCK_ISSUANCE",
    id: `issue-${id}`,
    security_id: id,
    custom_id: id.toUpperCase(),
    date,
    security_law_exemptions: [],
    stakeholder_id: holder,
    stock_class_id: classId,
    share_price: price,
    quantity: String(shares),
    stock_legend_ids: [],
  };
}

/** Founders, rounds, a sale from a founder to the holding, option grants, an exercise and a leaver's cancellation. */
function transactions(script: CapTableScript, money: (amount: string) => Money): Item[] {
  const founders = script.founders.map(([holder, shares], i) =>
    issuance(`cs-${i + 1}`, script.formedOn, holder, COMMON, shares, money(PAR)),
  );
  const rounds = script.rounds.flatMap((round) =>
    round.buyers.map(([holder, shares], i) =>
      issuance(`${round.classId}-${i + 1}`, round.date, holder, round.classId, shares, money(round.pricePerShare)),
    ),
  );
  const grants = script.pool.grants.flatMap((grant, i) => optionGrant(grant, i, money));
  const items = [...founders, ...rounds, ...grants, ...secondarySale(script, money), ...optionMoves(script, money)];
  return items.sort((a, b) => (String(a.date) < String(b.date) ? -1 : String(a.date) > String(b.date) ? 1 : 0));
}

const optionId = (index: number): string => `op-${index + 1}`;

function optionGrant(
  [holder, quantity, date, strike]: CapTableScript["pool"]["grants"][number],
  index: number,
  money: (amount: string) => Money,
): Item[] {
  const grant: Item = {
    object_type: "TX_EQUITY_COMPENSATION_ISSUANCE",
    id: `grant-${index + 1}`,
    security_id: optionId(index),
    custom_id: `OP-${index + 1}`,
    date,
    security_law_exemptions: [],
    stakeholder_id: holder,
    stock_plan_id: PLAN,
    stock_class_id: COMMON,
    compensation_type: "OPTION_NSO",
    quantity: String(quantity),
    exercise_price: money(strike),
    vesting_terms_id: VESTING,
    expiration_date: `${Number(date.slice(0, 4)) + 10}${date.slice(4)}`,
    termination_exercise_windows: [{ reason: "VOLUNTARY_OTHER", period: 90, period_type: "DAYS" }],
  };
  const start: Item = {
    object_type: "TX_VESTING_START",
    id: `vesting-start-${index + 1}`,
    security_id: optionId(index),
    vesting_condition_id: "start",
    date,
  };
  return [grant, start];
}

function secondarySale({ secondary, founders }: CapTableScript, money: (amount: string) => Money): Item[] {
  const [seller] = founders;
  if (!secondary || !seller) return [];
  const [holder, held] = seller;
  const { date, shares, buyer } = secondary;
  const transfer: Item = {
    object_type: "TX_STOCK_TRANSFER",
    id: "secondary-1",
    security_id: "cs-1",
    date,
    quantity: String(shares),
    resulting_security_ids: ["cs-1-sold"],
    balance_security_id: "cs-1-kept",
  };
  return [
    transfer,
    issuance("cs-1-sold", date, buyer, COMMON, shares, money(PAR)),
    issuance("cs-1-kept", date, holder, COMMON, held - shares, money(PAR)),
  ];
}

/** The first grant is partly exercised, the last one cancelled because its holder left. */
function optionMoves({ pool }: CapTableScript, money: (amount: string) => Money): Item[] {
  const first = pool.grants[0];
  const last = pool.grants.at(-1);
  if (!first || !last || pool.grants.length < 3) return [];
  const [holder, quantity, granted, strike] = first;
  const used = Math.floor(quantity / 4);
  const later = (date: string, years: number) => `${Number(date.slice(0, 4)) + years}${date.slice(4)}`;
  const exercise: Item = {
    object_type: "TX_EQUITY_COMPENSATION_EXERCISE",
    id: "exercise-1",
    security_id: optionId(0),
    date: later(granted, 2),
    quantity: String(used),
    resulting_security_ids: ["cs-exercised-1"],
  };
  const cancellation: Item = {
    object_type: "TX_EQUITY_COMPENSATION_CANCELLATION",
    id: "cancel-1",
    security_id: optionId(pool.grants.length - 1),
    date: later(last[2], 1),
    reason_text: "Left the company before the cliff",
    quantity: String(last[1]),
  };
  return [exercise, issuance("cs-exercised-1", later(granted, 2), holder, COMMON, used, money(strike)), cancellation];
}

/** Answers to what the format does not say, for the classes whose charter somebody has read. */
export function termsAnswers(script: CapTableScript): ({ classId: string } & NonNullable<Round["terms"]>)[] {
  return script.rounds.flatMap(({ classId, terms }) => (terms ? [{ classId, ...terms }] : []));
}
