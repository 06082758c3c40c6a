import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { memoContentSchema } from "@/lib/decisions/schema";
import { quotedFigures } from "@/lib/reports/rules/spans";
import { lot, recordFacts } from "../../test-support/records";
import { openParts, type RecordFacts, sumOf } from "./book";
import { namedApart, statementFileName } from "./file-names";
import { ilpaRows } from "./ilpa";
import { issueMemo } from "./issue-memo";
import { acquisitions, type Moved } from "./lineage";
import { type Held, type LotFacts, lotsOf } from "./lots";
import { recordFigures } from "./record-figures";
import { recordBlocks } from "./record-report";
import { groupReturns } from "./returns";
import { statementBlocks } from "./statement";

const issue = (id: string, date: string, stakeholder_id: string): Moved => ({
  ...{ objectType: "TX_STOCK_ISSUANCE", date, payload: { security_id: id, stakeholder_id } },
});
const move = (objectType: string, date: string, payload: Moved["payload"]): Moved => ({ objectType, date, payload });

describe("how a holder came to a security", () => {
  const cases: [string, Moved[], string, { on: string | null; way: string }][] = [
    ["issued", [issue("s", "2020-01-01", "ada")], "s", { on: "2020-01-01", way: "issue" }],
    [
      "bought from another holder",
      [
        issue("s", "2020-01-01", "ada"),
        move("TX_STOCK_TRANSFER", "2022-02-02", { security_id: "s", resulting_security_ids: ["t"] }),
        issue("t", "2022-02-02", "bob"),
      ],
      ...(["t", { on: "2022-02-02", way: "transfer" }] as [string, { on: string; way: string }]),
    ],
    [
      "what a partial sale left keeps its first day",
      [
        issue("s", "2020-01-01", "ada"),
        move("TX_STOCK_TRANSFER", "2022-02-02", {
          security_id: "s",
          resulting_security_ids: ["t"],
          balance_security_id: "u",
        }),
        issue("t", "2022-02-02", "bob"),
        issue("u", "2022-02-02", "ada"),
      ],
      ...(["u", { on: "2020-01-01", way: "issue" }] as [string, { on: string; way: string }]),
    ],
    [
      "a conversion keeps the day, twice over",
      [
        issue("s", "2020-01-01", "ada"),
        move("TX_STOCK_CONVERSION", "2021-01-01", { security_id: "s", resulting_security_ids: ["t"] }),
        issue("t", "2021-01-01", "ada"),
        move("TX_STOCK_REISSUANCE", "2023-01-01", { security_id: "t", resulting_security_ids: ["u"] }),
        issue("u", "2023-01-01", "ada"),
      ],
      ...(["u", { on: "2020-01-01", way: "issue" }] as [string, { on: string; way: string }]),
    ],
    [
      "an exercise starts anew",
      [
        move("TX_EQUITY_COMPENSATION_ISSUANCE", "2018-03-01", { security_id: "o", stakeholder_id: "ada" }),
        move("TX_EQUITY_COMPENSATION_EXERCISE", "2020-03-01", { security_id: "o", resulting_security_ids: ["t"] }),
        issue("t", "2020-03-01", "ada"),
      ],
      ...(["t", { on: "2020-03-01", way: "exercise" }] as [string, { on: string; way: string }]),
    ],
    [
      "papers of different days made into one have no day",
      [
        issue("s", "2020-01-01", "ada"),
        issue("t", "2021-01-01", "ada"),
        move("TX_STOCK_CONSOLIDATION", "2022-01-01", { security_ids: ["s", "t"], resulting_security_id: "u" }),
        issue("u", "2022-01-01", "ada"),
      ],
      ...(["u", { on: null, way: "issue" }] as [string, { on: null; way: string }]),
    ],
  ];
  test.each(cases)("%s", (_name, moves, id, expected) => expect(acquisitions(moves).get(id)).toEqual(expected));

  test("a circle of papers ends", () => {
    const circle = ["a", "b"].flatMap((id) => [
      issue(id, "2020-01-01", "ada"),
      move("TX_STOCK_REISSUANCE", "2020-01-01", { security_id: id, resulting_security_ids: [id === "a" ? "b" : "a"] }),
    ]);
    expect(acquisitions(circle).size).toBe(2);
  });
});

const held = (id: string, more: Partial<Held> = {}): Held => ({
  ...{ id, label: id, kind: "stock", holderId: "ada", classId: "common", units: "100", price: "2.50", currency: "EUR" },
  ...more,
});
const facts = (more: Partial<LotFacts> = {}): LotFacts => ({
  ...{ currency: "EUR", soldOn: "2026-03-01", held: [held("s")], stated: new Map() },
  acquired: new Map([["s", { on: "2025-03-01", way: "issue" }]]),
  holdings: [{ classId: "common", holderId: "ada", units: "100" }],
  gross: () => 1_000n,
  ...more,
});

describe("tax lots", () => {
  // 26 USC 1222: more than a year; the day of purchase does not count, the day of sale does (Rev. Rul. 66-7).
  test.each([
    ["2025-03-01", "2026-03-01", false],
    ["2025-03-01", "2026-03-02", true],
    ["2024-02-29", "2025-02-28", false],
    ["2024-02-29", "2025-03-01", true],
  ])("held from %s to %s: more than a year is %s", (on, soldOn, expected) => {
    const [one] = lotsOf(facts({ soldOn, acquired: new Map([["s", { on, way: "issue" }]]) }));
    expect(one?.overAYear).toBe(expected);
  });

  test.each<[string, Partial<Held>, LotFacts["acquired"], unknown]>([
    ["issued: units × price", {}, facts().acquired, { minor: 25_000n, note: null }],
    ["in another currency", { currency: "USD" }, facts().acquired, { minor: null, reason: "mixed-currencies" }],
    ["without a price", { price: null }, facts().acquired, { minor: null, reason: "no-cost-recorded" }],
    [
      "bought from a holder: the price of issue says nothing",
      {},
      new Map([["s", { on: "2025-03-01", way: "transfer" }]]),
      { minor: null, reason: "bought-from-a-holder" },
    ],
    [
      "an option that was never exercised cost nothing",
      { kind: "equity-compensation" },
      facts().acquired,
      { minor: 0n, note: "not exercised: the strike is netted" },
    ],
  ])("%s", (_name, more, acquired, cost) => {
    expect(lotsOf(facts({ held: [held("s", more)], acquired }))[0]?.cost).toEqual(cost);
  });

  test("what a person stated stands before everything else", () => {
    const stated = new Map([["s", { amountMinor: 7n, currency: "EUR", evidence: "Deed" }]]);
    expect(lotsOf(facts({ stated }))[0]?.cost).toEqual({ minor: 7n, note: "Deed" });
  });

  test("other units than those that were paid have no lots", () => {
    expect(lotsOf(facts({ holdings: [{ classId: "common", holderId: "ada", units: "101" }] }))).toEqual([]);
  });

  test("proceeds are shared out to the cent, whatever the lots, and never against units", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1, maxLength: 12 }),
        fc.bigInt({ min: 0n, max: 10n ** 12n }),
        (units, gross) => {
          const lots = lotsOf(
            facts({
              held: units.map((many, index) => held(`s${index}`, { units: `${many}` })),
              holdings: [{ classId: "common", holderId: "ada", units: `${units.reduce((a, b) => a + b, 0)}` }],
              gross: () => gross,
            }),
          );
          expect(sumOf(lots, ({ proceedsMinor }) => proceedsMinor)).toBe(gross);
          const byUnits = lots.toSorted((a, b) => Number(a.units) - Number(b.units));
          byUnits.forEach((one, index) => {
            const before = byUnits[index - 1];
            if (before) expect(one.proceedsMinor + 1n >= before.proceedsMinor).toBe(true);
          });
        },
      ),
      { numRuns: 200 },
    );
  });
});

const text = (figure: { value: string | null; reason?: string | undefined } | null) => figure?.value ?? figure?.reason;

describe("the record of a sale", () => {
  test("a reversed payment counts nowhere", () => {
    const [payment] = recordFacts().payments;
    if (!payment) throw new Error("no payment");
    const twice = recordFacts({ payments: [{ ...payment, id: "p0", reversed: true }, payment] });
    const figures = recordFigures(twice);
    expect(text(figures.find("all.gross"))).toBe("3000");
    expect(figures.find("payment.gross", { payment: "p0" })).toBeNull();
  });

  test("sums of sums agree, and a holder's three amounts add up", () => {
    const transfers: RecordFacts["transfers"] = [
      {
        ...{ id: "x", holderId: "fund", reference: "P1", executeOn: "2025-01-05", state: "confirmed" },
        ...{ amountMinor: 100_000n, bookedMinor: 100_000n, returnedMinor: 0n, bookedOn: "2025-01-06" },
      },
      {
        ...{ id: "y", holderId: "fund", reference: "P2", executeOn: "2025-01-09", state: "sent" },
        ...{ amountMinor: 20_000n, bookedMinor: 0n, returnedMinor: 0n, bookedOn: null },
      },
      {
        ...{ id: "z", holderId: "fund", reference: "P3", executeOn: "2025-01-09", state: "failed" },
        ...{ amountMinor: 25_000n, bookedMinor: 0n, returnedMinor: 0n, bookedOn: null },
      },
    ];
    const figures = recordFigures(recordFacts({ transfers }));
    const of = (part: string) => Number(figures.find(`holder.${part}`, { holder: "fund" })?.value);
    expect([of("gross"), of("withheld"), of("net")]).toEqual([1_500, 50, 1_450]);
    expect([of("booked"), of("ordered"), of("owed"), of("unpaid")]).toEqual([1_000, 200, 250, 450]);
    expect(text(figures.find("all.open"))).toBe("600");
  });
});

describe("returns of the group", () => {
  // 1,000 paid on 2020-01-01; 1,500 back on 2025-01-01; 300 left on 2026-01-01. Multiples by hand; XIRR by the test below.
  test("multiples are gross, and what is left counts at its stated value", () => {
    const figures = recordFigures(recordFacts());
    const part = (name: string) => text(figures.find(`group.${name}`));
    expect(["paidIn", "distributed", "residual"].map(part)).toEqual(["1000", "1500", "300"]);
    expect(["dpi", "rvpi", "tvpi", "moic"].map(part)).toEqual(["1.5", "0.3", "1.8", "1.8"]);
  });

  test("the rate makes the dated flows worth nothing (ACT/365F)", () => {
    const { xirr, xirrPaid } = groupReturns(recordFacts(), openParts(recordFacts()));
    const rate = Number(xirr.value);
    // 2020-01-01 to 2025-01-01 are 1,827 days, to 2026-01-01 2,192.
    expect(-1_000 + 1_500 / (1 + rate) ** (1_827 / 365) + 300 / (1 + rate) ** (2_192 / 365)).toBeCloseTo(0, 9);
    expect(Number(xirrPaid.value)).toBeCloseTo(1.5 ** (365 / 1_827) - 1, 12);
  });

  test.each<[string, Partial<RecordFacts>, string]>([
    ["nobody said who is the group", { groupIds: null }, "no-group-holder"],
    ["a lot was bought from a holder, nobody said for how much", { groupIds: ["ada"] }, "bought-from-a-holder"],
    ["a day is missing", { lots: [lot("a-1", "fund", "a", { acquiredOn: null })] }, "no-day-of-purchase"],
    ["the lots are others than those that were paid", { lots: [] }, "lots-differ"],
  ])("%s: unknown, never a number", (_name, more, reason) => {
    const figures = recordFigures(recordFacts(more));
    for (const part of ["moic", "dpi", "rvpi", "tvpi", "xirr", "xirrPaid", "paidIn"])
      expect([part, figures.find(`group.${part}`)?.value, figures.find(`group.${part}`)?.reason]).toEqual([
        part,
        null,
        reason,
      ]);
  });
});

describe("ILPA capital distribution data", () => {
  test("cost comes back before gain, over all payments", () => {
    const [payment] = recordFacts().payments;
    if (!payment) throw new Error("no payment");
    const small = { ...payment, shares: payment.shares.map((share) => ({ ...share, grossMinor: 60_000n })) };
    const rows = ilpaRows(...both(recordFacts({ payments: [small, { ...payment, id: "p2", ordinal: 2 }] }))).filter(
      ({ row }) =>
        row["LP Identifier"] !== null && "text" in row["LP Identifier"] && row["LP Identifier"].text === "fund",
    );
    const split = rows.map(({ row }) => [
      row["Distribution: Return of Capital"],
      row["Distribution: Realized Gain / (Loss)"],
    ]);
    const eur = (amount: string) => ({ amount, currency: "EUR" });
    expect(split).toEqual([
      [eur("600"), eur("0")],
      [eur("400"), eur("1100")],
    ]);
    expect(rows.map(({ row }) => row["LP DPI"])).toEqual([{ number: "0.6" }, { number: "2.1" }]);
  });

  test("what nobody knows is empty and named", () => {
    const [ada] = ilpaRows(...both(recordFacts()));
    expect(ada?.row["Distribution: Return of Capital"]).toBeNull();
    expect(ada?.unknown).toEqual(
      expect.arrayContaining([
        "General Partner",
        "LP Commitment",
        "Carried Interest",
        "Distribution: Return of Capital",
      ]),
    );
    expect(ada?.unknown).not.toContain("LP Name");
  });
});

const both = (given: RecordFacts) => [given, recordFigures(given)] as const;

describe("what is written", () => {
  test("a statement quotes figures that exist, of this holder or of all together, and names nobody else", () => {
    const [given, figures] = both(recordFacts());
    const blocks = statementBlocks({ facts: given, figures, holderId: "ada" });
    const written = JSON.stringify(blocks);
    const known = new Map(figures.all.map((figure) => [figure.id, figure]));
    const ids = quotedFigures(written);
    expect(ids.length).toBeGreaterThan(8);
    for (const id of ids) {
      const holder = known.get(id)?.inputs.holder;
      expect(known.has(id)).toBe(true);
      if (holder && "value" in holder) expect(holder.value).toBe("ada");
    }
    expect(written).not.toContain("The Fund");
    expect(written).not.toMatch(/"none"/);
  });

  test("words of the cap table and of people quote no figure, of whoever it is", () => {
    const other = recordFigures(recordFacts()).find("holder.net", { holder: "fund" })?.id ?? "";
    const word = `[[[fig:${other}]] **all**`;
    const { payments, tranches, lots, holders } = recordFacts();
    const [given, figures] = both(
      recordFacts({
        ...{ venture: word, classNames: new Map([["common", word]]) },
        holders: holders.map((one) => ({ ...one, name: `${one.id} ${word}` })),
        payments: payments.map((one) => ({ ...one, label: word })),
        tranches: tranches.map((one) => ({ ...one, label: word, heldBy: word })),
        lots: lots.map((one) => ({ ...one, label: word, cost: { minor: 1n, note: word } })),
      }),
    );
    expect(other).toMatch(/^[0-9a-f]{16}$/);
    const written = JSON.stringify(statementBlocks({ facts: given, figures, holderId: "ada" }));
    expect([quotedFigures(written).includes(other), written.includes("**")]).toEqual([false, false]);
    expect(JSON.stringify(recordBlocks(given, figures))).not.toContain("**");
  });

  test("drafts of payments are the house's own; what the bank has is said with its reference", () => {
    const transfer = {
      ...{
        holderId: "ada",
        executeOn: "2025-01-05",
        amountMinor: 1n,
        bookedMinor: 0n,
        returnedMinor: 0n,
        bookedOn: null,
      },
    };
    const transfers = [
      { ...transfer, id: "d", reference: "PDRAFT", state: "proposed" },
      { ...transfer, id: "s", reference: "PSENT", state: "sent" },
    ];
    const [given, figures] = both(recordFacts({ transfers }));
    const written = JSON.stringify(statementBlocks({ facts: given, figures, holderId: "ada" }));
    expect([written.includes("PDRAFT"), written.includes("PSENT")]).toEqual([false, true]);
  });

  test("what came in stock or was rolled over is said apart and is never unpaid", () => {
    const [payment] = recordFacts().payments;
    const inKind = [{ holderId: "fund", form: "stock" as const, amountMinor: 45_000n }];
    const [given, figures] = both(recordFacts({ payments: payment ? [{ ...payment, inKind }] : [] }));
    const of = (part: string, holder: string) => figures.find(`holder.${part}`, { holder })?.value;
    // 1,500 less 50 of tax less 450 in kind.
    expect(["net", "in-kind", "unpaid", "owed"].map((part) => of(part, "fund"))).toEqual([
      "1450",
      "450",
      "1000",
      "1000",
    ]);
    expect(["net", "in-kind", "unpaid"].map((part) => of(part, "ada"))).toEqual(["1500", "0", "1500"]);
    expect(figures.find("all.in-kind")?.value).toBe("450");
    const written = (holderId: string) => JSON.stringify(statementBlocks({ facts: given, figures, holderId }));
    expect([written("fund"), written("ada")].map((text) => text.includes("rolled over"))).toEqual([true, false]);
    expect(ilpaRows(given, figures).map(({ row }) => row["Net Cash to LP"])).toEqual([
      { amount: "1500", currency: "EUR" },
      { amount: "1000", currency: "EUR" },
    ]);
  });

  test("the record of the whole quotes nothing that is not computed", () => {
    const [given, figures] = both(recordFacts());
    const known = new Set(figures.all.map(({ id }) => id));
    const ids = quotedFigures(JSON.stringify(recordBlocks(given, figures)));
    expect(ids.filter((id) => !known.has(id))).toEqual([]);
  });
});

test("in one archive every holder's statement has a name of its own", () => {
  const names = ["Kauri Capital", "山田太郎", "中山花子", "Kauri-Capital", "Kauri Capital"].map((name) => ({
    name: statementFileName("aurora", name, "EUR", 1),
  }));
  expect(namedApart(names).map(({ name }) => name)).toEqual([
    "aurora-kauri-capital-eur-r1.pdf",
    "aurora-eur-r1.pdf",
    "aurora-eur-r1-2.pdf",
    "aurora-kauri-capital-eur-r1-2.pdf",
    "aurora-kauri-capital-eur-r1-3.pdf",
  ]);
});

test("the memo names every address that would be let in, however many", () => {
  const digest = "0".repeat(64);
  const holders = Array.from({ length: 100 }, (_, index) => ({
    ...{ holderId: `h${index}`, name: "Same Name", statementId: crypto.randomUUID(), version: 1, digest },
    emails: [`first-${index}@holder.example`, `${"x".repeat(200)}${index}@holder.example`],
  }));
  const about = { venture: "Aurora", currency: "EUR", ventureId: crypto.randomUUID(), expiresOn: "2027-01-31" };
  const { content } = issueMemo({ ...about, rationale: "The sale is closed.", holders, figures: [] });
  const read = memoContentSchema.parse({ ...content, quotes: [] });
  const rows = read.tables?.flatMap((table) => table.rows) ?? [];
  const told = rows.map(({ cells: [, address] }) => address && "text" in address && address.text);
  expect(told).toEqual(holders.flatMap(({ emails }) => emails));
  expect(new Set(rows.map(({ label }) => label)).size).toBe(200);
});
