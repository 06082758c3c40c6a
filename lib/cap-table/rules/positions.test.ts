import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { approximate } from "@/lib/distribution/rules/exact";
import { liquidationWaterfall } from "@/lib/distribution/rules/waterfall";
import { waterfallInput } from "@/lib/distribution/schema";
import type { ClassTerms } from "../schema";
import { holdings, openQuestions, ranks, toWaterfallClasses } from "./classes";
import { availablePool } from "./ledger";
import { type OcfFile, readPackage } from "./package";
import { type CapTable, capTable } from "./positions";

type Item = Record<string, unknown>;
const manifest = { file_type: "OCF_MANIFEST_FILE", issuer: { legal_name: "Brook Ltd" }, as_of: "2026-06-30" };
const file = (name: string, items: Item[] | typeof manifest): OcfFile => ({
  name,
  text: JSON.stringify(Array.isArray(items) ? { file_type: "OCF_X", items } : items),
});

const people: Item[] = ["ann", "bob"].map((id) => ({ object_type: "STAKEHOLDER", id, name: { legal_name: id } }));
const classes: Item[] = [
  { object_type: "STOCK_CLASS", id: "com", name: "Common", class_type: "COMMON", seniority: "1" },
  { object_type: "STOCK_CLASS", id: "ord-a", name: "Ordinary A", class_type: "PREFERRED", seniority: "1" },
  {
    object_type: "STOCK_CLASS",
    id: "b",
    name: "Series B",
    class_type: "PREFERRED",
    seniority: "3",
    liquidation_preference_multiple: "1",
    conversion_rights: [
      { conversion_mechanism: { type: "RATIO_CONVERSION", ratio: { numerator: "2", denominator: "1" } } },
    ],
  },
  { object_type: "STOCK_PLAN", id: "plan", plan_name: "Plan", initial_shares_reserved: "+1000.00" },
];
const issued = (id: string, date: string, quantity: string, more: Item = {}): Item => ({
  object_type: "TX_STOCK_ISSUANCE",
  id: `i-${id}`,
  security_id: id,
  date,
  stakeholder_id: "ann",
  stock_class_id: "com",
  share_price: { amount: "0.50", currency: "EUR" },
  quantity,
  ...more,
});
const tx = (type: string, security_id: string, date: string, more: Item = {}): Item => ({
  object_type: `TX_${type}`,
  id: `${type}-${security_id}`,
  security_id,
  date,
  ...more,
});

function read(transactions: Item[], asOf: string | null = null): CapTable {
  const found = readPackage([
    file("T.ocf.json", transactions),
    file("M.ocf.json", manifest),
    file("C.ocf.json", [...people, ...classes]),
  ]);
  if (!found) throw new Error("no package");
  return capTable(found.objects, asOf);
}
const held = (table: CapTable) =>
  holdings(table).map(({ name, classId, quantity }) => `${name} ${classId} ${approximate(quantity)}`);

describe("walking the chains of securities", () => {
  test("a transfer splits into its result and its balance, wherever the file puts them", () => {
    const table = read([
      tx("STOCK_TRANSFER", "s1", "2022-06-01", {
        quantity: "30",
        resulting_security_ids: ["s2"],
        balance_security_id: "s3",
      }),
      issued("s2", "2022-06-01", "30", { stakeholder_id: "bob" }),
      issued("s3", "2022-06-01", "70"),
      issued("s1", "2022-01-01", "100"),
    ]);
    expect(held(table)).toEqual(["ann com 70", "bob com 30"]);
    expect(table.problems).toEqual([]);
  });

  test.each([
    ["before the cancellation", "2022-02-28", ["ann com 100"]],
    ["on its day", "2022-03-01", ["ann com 60"]],
    ["after the retraction", "2022-05-01", []],
  ])("as of a day %s", (_when, asOf, expected) => {
    const table = read(
      [
        tx("STOCK_RETRACTION", "s2", "2022-04-01"),
        issued("s1", "2022-01-01", "100"),
        tx("STOCK_CANCELLATION", "s1", "2022-03-01", { quantity: "40", balance_security_id: "s2" }),
        issued("s2", "2022-03-01", "60"),
      ],
      asOf,
    );
    expect(held(table)).toEqual(expected);
  });

  test("repurchase, conversion, reissuance, consolidation", () => {
    const table = read([
      issued("p", "2022-01-01", "100", { stock_class_id: "b" }),
      tx("STOCK_CONVERSION", "p", "2022-02-01", {
        quantity_converted: "60",
        resulting_security_ids: ["c1"],
        balance_security_id: "p2",
      }),
      issued("c1", "2022-02-01", "120"),
      issued("p2", "2022-02-01", "40", { stock_class_id: "b" }),
      tx("STOCK_REISSUANCE", "c1", "2022-03-01", { resulting_security_ids: ["c2", "c3"] }),
      issued("c2", "2022-03-01", "50"),
      issued("c3", "2022-03-01", "70"),
      {
        object_type: "TX_STOCK_CONSOLIDATION",
        id: "k",
        date: "2022-04-01",
        security_ids: ["c2", "c3"],
        resulting_security_id: "c4",
      },
      issued("c4", "2022-04-01", "120"),
      tx("STOCK_REPURCHASE", "p2", "2022-05-01", {
        quantity: "40",
        price: { amount: "1", currency: "EUR" },
        balance_security_id: "",
      }),
    ]);
    expect(held(table)).toEqual(["ann com 120"]);
    expect(table.problems).toEqual([]);
  });

  test("a split multiplies what is outstanding once, reissued or not", () => {
    const split = {
      object_type: "TX_STOCK_CLASS_SPLIT",
      id: "2:1",
      date: "2023-01-01",
      stock_class_id: "com",
      split_ratio: { numerator: "2", denominator: "1" },
    };
    const reissued = [
      tx("STOCK_REISSUANCE", "s1", "2023-01-01", { resulting_security_ids: ["s2"], split_transaction_id: "2:1" }),
      issued("s2", "2023-01-01", "200", { split_transaction_id: "2:1" }),
    ];
    const first = issued("s1", "2022-01-01", "100");
    expect(held(read([first, split]))).toEqual(["ann com 200"]);
    expect(held(read([first, split, ...reissued]))).toEqual(["ann com 200"]);
    expect(held(read([first, ...reissued, split]))).toEqual(["ann com 200"]);
  });

  test("the old names of option transactions are read as the new ones", () => {
    const grant = {
      ...issued("o", "2022-01-01", "100", { object_type: "TX_PLAN_SECURITY_ISSUANCE", stock_plan_id: "plan" }),
      exercise_price: { amount: "1.00", currency: "EUR" },
      compensation_type: "OPTION",
    };
    const table = read([
      grant,
      tx("PLAN_SECURITY_EXERCISE", "o", "2023-01-01", { quantity: "25", resulting_security_ids: ["s"] }),
      issued("s", "2023-01-01", "25"),
    ]);
    expect(held(table)).toEqual(["ann com 75", "ann com 25"]);
    expect(table.plans.map((plan) => approximate(availablePool(plan)))).toEqual([900]);
  });

  test.each([
    [
      "more than is outstanding",
      tx("STOCK_CANCELLATION", "s1", "2022-02-01", { quantity: "101" }),
      "T.ocf.json#items[1].quantity",
    ],
    [
      "a security never issued",
      tx("STOCK_TRANSFER", "x", "2022-02-01", { quantity: "1", resulting_security_ids: [] }),
      "T.ocf.json#items[1].security_id",
    ],
    ["the same security twice", issued("s1", "2022-02-01", "5"), "T.ocf.json#items[1].security_id"],
    [
      "a result never issued",
      tx("STOCK_REISSUANCE", "s1", "2022-02-01", { resulting_security_ids: ["y"] }),
      "T.ocf.json#items[1].resulting_security_ids[0]",
    ],
    [
      "an unknown holder",
      issued("s9", "2022-02-01", "5", { stakeholder_id: "eve" }),
      "T.ocf.json#items[1].stakeholder_id",
    ],
    ["no date", { ...issued("s9", "", "5") }, "T.ocf.json#items[1].date"],
  ])("%s is reported with its place, not thrown", (_what, contradiction, place) => {
    const table = read([issued("s1", "2022-01-01", "100"), contradiction as Item]);
    expect(table.problems.map((problem) => problem.path)).toEqual([place]);
  });
});

describe("reading a package", () => {
  test("unknown types and broken objects are reported, the rest is kept", () => {
    const found = readPackage([
      file("M.ocf.json", manifest),
      file("T.ocf.json", [issued("s1", "2022-01-01", "abc"), { object_type: "TX_MOON_LANDING", id: "m" }, {}]),
      { name: "broken.json", text: "{" },
    ]);
    expect(found?.objects.map((object) => object.objectType)).toEqual(["TX_STOCK_ISSUANCE", "TX_MOON_LANDING"]);
    expect(found?.problems.map(({ path: at, code }) => `${code} ${at}`).sort()).toEqual([
      "invalid T.ocf.json#items[0].quantity",
      "unknown-type T.ocf.json#items[1]",
      "unreadable T.ocf.json#items[2]",
      "unreadable broken.json",
    ]);
  });

  test("without a manifest, or with two, it is no package", () => {
    expect(readPackage([file("C.ocf.json", classes)])).toBeNull();
    expect(readPackage([file("M.ocf.json", manifest), file("N.ocf.json", manifest)])).toBeNull();
  });
});

describe("from positions to the waterfall", () => {
  const both = [
    issued("s", "2022-01-01", "8000000"),
    issued("a", "2022-01-01", "1000000", { stock_class_id: "ord-a", share_price: { amount: "1", currency: "EUR" } }),
    issued("b", "2023-01-01", "500000", { stock_class_id: "b", share_price: { amount: "4", currency: "EUR" } }),
  ];
  const answer = (classId: string, more: Partial<ClassTerms> = {}): [string, ClassTerms] => [
    classId,
    {
      classId,
      participation: "none",
      capMultiple: null,
      liquidationMultiple: "1",
      conversionRatio: "1",
      evidence: "charter",
      ...more,
    },
  ];

  test("the higher number of the format is paid first, whatever the class is called", () => {
    expect([...ranks(read(both))]).toEqual([
      ["ord-a", 2],
      ["b", 1],
    ]);
  });

  test("what the format does not say is asked, and only that", () => {
    const questions = openQuestions(read(both), new Map()).map(({ classId, topic }) => `${classId} ${topic}`);
    expect(questions).toEqual([
      "ord-a participation",
      "ord-a liquidationMultiple",
      "ord-a conversionRatio",
      "b participation",
    ]);
    const refused = toWaterfallClasses(read(both), new Map([answer("ord-a")]));
    expect(refused).toMatchObject({
      ok: false,
      refusal: "OPEN_QUESTIONS",
      problems: [{ path: "classes.b.participation" }],
    });
  });

  test("an option counts through its last day and not after, whether or not the table is cut off at a day", () => {
    const grant = tx("EQUITY_COMPENSATION_ISSUANCE", "opt", "2022-01-01", {
      ...{ stakeholder_id: "bob", stock_class_id: "com", compensation_type: "OPTION", quantity: "100" },
      ...{ exercise_price: { amount: "1", currency: "EUR" }, expiration_date: "2025-12-31" },
    });
    const plain = [issued("s1", "2020-01-01", "100"), grant];
    const idsOn = (day: string | null, asOf: string | null = null) => {
      const built = toWaterfallClasses(read(plain, asOf), new Map(), { terms: new Map(), day });
      return built.ok ? built.value.map(({ id }) => id) : built.problems;
    };
    expect(idsOn("2025-12-31")).toEqual(["com", "opt"]);
    expect(idsOn("2026-01-01")).toEqual(["com"]);
    expect(idsOn(null, "2026-01-01")).toEqual(["com"]);
    expect(idsOn(null)).toEqual(["com", "opt"]);
  });

  test("answered, the classes pay out", () => {
    const built = toWaterfallClasses(read(both), new Map([answer("ord-a"), answer("b", { participation: "full" })]));
    if (!built.ok) throw new Error(JSON.stringify(built));
    expect(built.value).toMatchObject([
      { id: "com", kind: "common", shares: 8_000_000 },
      { id: "ord-a", kind: "preferred", shares: 1_000_000, invested: 1_000_000, seniority: 2, participation: "none" },
      { id: "b", kind: "preferred", shares: 1_000_000, invested: 2_000_000, seniority: 1, participation: "full" },
    ]);
    const paid = liquidationWaterfall(waterfallInput.parse({ proceeds: 2_500_000, classes: built.value }));
    if (!paid.ok) throw new Error("refused");
    expect([...paid.value.payouts.values()].map(approximate)).toEqual([0, 500_000, 2_000_000]);
  });
});

const shared = path.resolve(import.meta.dirname, "../../../../shared/data/ocf");
describe.runIf(existsSync(shared))("the three published packages (present beside the repository only)", () => {
  const load = (folder: string): OcfFile[] =>
    readdirSync(path.join(shared, folder)).map((name) => ({
      name,
      text: readFileSync(path.join(shared, folder, name), "utf8"),
    }));

  test("acme nets out as its story says", () => {
    const found = readPackage(load("acme_holdings_limited"));
    if (!found) throw new Error("no package");
    expect(found.problems).toEqual([]);
    const table = capTable(found.objects, null);
    expect(held(table)).toEqual([
      "Charlie Chuck Cofounder ordinaryA 25000",
      "Emily Eliza Employee ordinaryB 1078000",
      "Fiona Felicity Founder ordinaryA 120000",
      "Fiona Felicity Founder preferred 15000",
      "Jane Eyre CTO ordinaryB 50000",
    ]);
    // Its option plan is not in the package, and the shares of its four exercises were never issued.
    expect(table.problems.map(({ message }) => message.split(";")[0])).toEqual([
      ...Array(3).fill('no stock plan has the id "stock_plan_01"'),
      "3 option grants over the class are not restated for the split",
      ...["01", "02", "03", "04"].map((n) => `"share_issuance_${n}" is never issued`),
    ]);
    expect(openQuestions(table, new Map()).map(({ classId }) => classId)).toEqual([
      "ordinaryA",
      "ordinaryA",
      "ordinaryA",
      "preferred",
      "preferred",
      "preferred",
    ]);
  });

  test("aperture: old option names, a grant a quarter exercised, a smaller pool", () => {
    const found = readPackage(load("tutorial-options-aperture-science"));
    if (!found) throw new Error("no package");
    const table = capTable(found.objects, null);
    expect(held(table).map((row) => row.split(" ").at(-1))).toEqual(["5000", "75000", "25000"]);
    expect(table.plans.map((plan) => approximate(availablePool(plan)))).toEqual([7_900_000]);
    expect([...ranks(table).values()]).toEqual([1]);
  });

  test("samples: every object is read or named, nothing is thrown", () => {
    const found = readPackage(load("samples"));
    if (!found) throw new Error("no package");
    expect(found.objects.length).toBeGreaterThan(100);
    expect(found.problems.filter(({ code }) => code === "unreadable")).toEqual([]);
    expect(capTable(found.objects, null).problems.length).toBeGreaterThan(0);
  });
});
