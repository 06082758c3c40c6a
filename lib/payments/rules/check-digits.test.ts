import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkDetails, standingOf } from "./bank-details";
import { readIban } from "./iban";
import { endToEndIdOf, INSTRUCTION_STATES, mayBecome } from "./instruction";
import { type Known, matchMovement } from "./reconcile";
import { readRouting } from "./routing";

// Examples of the SWIFT IBAN registry (release 99), one for each shape of account; ISO 13616-1.
const REGISTRY = [
  ...["AD1200012030200359100100", "AE070331234567890123456", "AL47212110090000000235698741", "AT611904300234573201"],
  ...["BE68539007547034", "BG80BNBG96611020345678", "BR1800360305000010009795493C1", "CH9300762011623852957"],
  ...["CY17002001280000001200527600", "CZ6508000000192000145399", "DE89370400440532013000", "DK5000400440116243"],
  ...["EE382200221020145685", "ES9121000418450200051332", "FI2112345600000785", "FO6264600001631634"],
  ...[
    "FR1420041010050500013M02606",
    "GB29NWBK60161331926819",
    "GI75NWBK000000007099453",
    "GR1601101250000000012300695",
  ],
  ...["HR1210010051863000160", "HU42117730161111101800000000", "IE29AIBK93115212345678", "IS140159260076545510730339"],
  ...["IT60X0542811101000000123456", "LI21088100002324013AA", "LT121000011101001000", "LU280019400644750000"],
  ...["LV80BANK0000435195001", "MC5811222000010123456789030", "MT84MALT011000012345MTLCAST001S", "NL91ABNA0417164300"],
  ...["NO9386011117947", "PL61109010140000071219812874", "PT50000201231234567890154", "RO49AAAA1B31007593840000"],
  ...["SE4550000000058398257466", "SI56263300012039086", "SK3112000000198742637541", "SM86U0322509800000000270100"],
  ...[
    "TR330006100519786457841326",
    "VG96VPVG0000012345678901",
    "XK051212012345678906",
    "SC18SSCB11010000000000001497USD",
  ],
];

describe("IBAN", () => {
  test.each(REGISTRY)("%s of the registry is right", (iban) =>
    expect(readIban(iban)).toEqual({ ok: true, value: { iban, country: iban.slice(0, 2) } }),
  );

  test.each([
    ["de89 3704 0044 0532 0130 00", null],
    ["DE89370400440532013001", "WRONG_CHECK_DIGITS"],
    ["DE98370400440532013000", "WRONG_CHECK_DIGITS"],
    ["DE8937040044053201300", "WRONG_LENGTH"],
    ["DE893704004405320130000", "WRONG_LENGTH"],
    ["ZZ89370400440532013000", "UNKNOWN_COUNTRY"],
    ["US64SVBKUS6S3300958879", "UNKNOWN_COUNTRY"],
    ["DE00370400440532013000", "WRONG_CHECK_DIGITS"],
    ["DE89 3704 0044 0532 0130 0O", "WRONG_CHECK_DIGITS"],
    ["", "NOT_AN_IBAN"],
    ["89370400440532013000DE", "NOT_AN_IBAN"],
    // ISO 13616: 02 to 98; 99 instead of 02 satisfies the sum and is not given out.
    ["GB01NWBK60161331926819", "WRONG_CHECK_DIGITS"],
  ])("%s: %s", (iban, refusal) => {
    const outcome = readIban(iban);
    expect(outcome.ok ? null : outcome.refusal).toBe(refusal);
  });

  test("property: one wrong character, or two neighbouring digits swapped, is always seen", () => {
    const digit = fc.constantFrom(..."0123456789");
    fc.assert(
      fc.property(fc.constantFrom(...REGISTRY), fc.nat(), digit, (iban, seed, other) => {
        const place = 4 + (seed % (iban.length - 4));
        const wrong = iban.slice(0, place) + other + iban.slice(place + 1);
        if (wrong !== iban && /\d/.test(iban[place] ?? "")) expect(readIban(wrong).ok).toBe(wrong === iban);
        const next = iban[place + 1];
        const digits = /\d/.test(iban[place] ?? "") && /\d/.test(next ?? "");
        const swapped = digits ? `${iban.slice(0, place)}${next}${iban[place]}${iban.slice(place + 2)}` : iban;
        if (swapped !== iban) expect(readIban(swapped).ok).toBe(false);
      }),
    );
  });
});

// Federal Reserve Banks and large banks, from the Federal Reserve's E-Payments routing directory; Wikipedia's 111000025.
describe("ABA routing numbers", () => {
  test.each([
    ...["011000015", "021001208", "031000040", "041000014", "051000033", "061000146", "071000301", "081000045"],
    ...["091000080", "101000048", "111000025", "121000374", "021000021", "026009593", "322271627", "111000038"],
  ])("%s is right", (routing) => expect(readRouting(routing)).toEqual({ ok: true, value: routing }));

  test.each([
    ["111000026", "WRONG_CHECK_DIGIT"],
    ["110100025", "WRONG_CHECK_DIGIT"],
    ["131000000", "UNKNOWN_DISTRICT"],
    ["990000000", "UNKNOWN_DISTRICT"],
    ["000000000", "NOT_A_ROUTING_NUMBER"],
    ["11100002", "NOT_A_ROUTING_NUMBER"],
    ["11100002a", "NOT_A_ROUTING_NUMBER"],
  ])("%s: %s", (routing, refusal) => {
    const outcome = readRouting(routing);
    expect(outcome.ok ? null : outcome.refusal).toBe(refusal);
  });

  test("property: one wrong digit is always seen", () => {
    fc.assert(
      fc.property(fc.nat(8), fc.constantFrom(..."0123456789"), (place, digit) => {
        const wrong = `111000025`.slice(0, place) + digit + `111000025`.slice(place + 1);
        expect(readRouting(wrong).ok).toBe(wrong === "111000025");
      }),
    );
  });
});

test("what is shown of a number is its country or bank and the last four", () => {
  const iban = checkDetails({ rail: "sepa", iban: "DE89 3704 0044 0532 0130 00", bic: null });
  expect(iban.ok && [iban.value.masked, iban.value.country]).toEqual(["DE89 •••• 3000", "DE"]);
  const swiss = checkDetails({ rail: "sepa", iban: "AE070331234567890123456", bic: null });
  expect(swiss).toMatchObject({
    ok: false,
    problems: [{ path: "number.iban", expected: "an IBAN of a SEPA country" }],
  });
  const ach = { rail: "ach" as const, accountType: "checking" as const, owner: "person" as const };
  const account = checkDetails({ ...ach, routing: "021000021", account: "000123-456789" });
  expect(account.ok && account.value.masked).toBe("021000021 •••• 6789");
});

test.each([
  [null, "unverified"],
  [{ version: 1, called: false, released: false }, "unverified"],
  [{ version: 1, called: true, released: false }, "verified"],
  [{ version: 2, called: false, released: false }, "frozen"],
  [{ version: 2, called: true, released: false }, "frozen"],
  [{ version: 2, called: false, released: true }, "frozen"],
  [{ version: 2, called: true, released: true }, "verified"],
])("details %j are %s", (details, standing) => expect(standingOf(details)).toBe(standing));

test("a payment that was sent is never drafted, approved or exported again", () => {
  const after = ["sent", "confirmed", "failed", "returned", "cancelled"] as const;
  const again = ["draft", "proposed", "approved", "exported"] as const;
  for (const from of after) for (const to of again) expect(mayBecome(from, to), `${from} to ${to}`).toBe(false);
  expect(INSTRUCTION_STATES.filter((from) => mayBecome(from, "sent"))).toEqual(["exported"]);
  expect(INSTRUCTION_STATES.filter((from) => mayBecome(from, "approved"))).toEqual(["proposed", "exported"]);
});

test("property: end-to-end ids are 15 characters that any bank takes, and differ where their bytes do", () => {
  const bytes = fc.uint8Array({ minLength: 9, maxLength: 9 });
  fc.assert(
    fc.property(bytes, bytes, (one, other) => {
      expect(endToEndIdOf(one)).toMatch(/^P[0-9A-HJKMNP-TV-Z]{14}$/);
      const low = (all: Uint8Array) => [(all[0] ?? 0) & 63, ...all.slice(1)].join();
      expect(endToEndIdOf(one) === endToEndIdOf(other)).toBe(low(one) === low(other));
    }),
  );
});

const sent: Known = { status: "sent", amountMinor: 1_000n, currency: "EUR", paidMinor: 0n, returnedMinor: 0n };
const move = (amountMinor: bigint, currency = "EUR") => ({ amountMinor, currency, isReturn: amountMinor > 0n });

describe("what a movement at the bank says about a payment", () => {
  test.each<[string, bigint, Partial<Known> | null, object]>([
    ["all of it", -1_000n, {}, { as: "payment", becomes: "confirmed" }],
    ["a part", -400n, {}, { as: "payment", becomes: null }],
    ["the rest", -600n, { paidMinor: 400n }, { as: "payment", becomes: "confirmed" }],
    ["a cent more", -1_001n, {}, { as: "open", reason: "MORE_THAN_ORDERED" }],
    [
      "the same again",
      -1_000n,
      { status: "confirmed", paidMinor: 1_000n },
      { as: "open", reason: "MORE_THAN_ORDERED" },
    ],
    [
      "the same after it came back",
      -1_000n,
      { status: "returned", paidMinor: 1_000n, returnedMinor: 1_000n },
      { as: "open", reason: "MORE_THAN_ORDERED" },
    ],
    ["all back", 1_000n, { status: "confirmed", paidMinor: 1_000n }, { as: "return", becomes: "returned" }],
    ["a part back", 300n, { status: "confirmed", paidMinor: 1_000n }, { as: "return", becomes: null }],
    [
      "more back than was paid",
      1_001n,
      { status: "confirmed", paidMinor: 1_000n },
      { as: "open", reason: "MORE_THAN_PAID" },
    ],
    ["back before it was booked", 1_000n, {}, { as: "open", reason: "MORE_THAN_PAID" }],
    ["one that nobody sent", -1_000n, { status: "exported" }, { as: "open", reason: "NOT_SENT" }],
    ["one that was approved only", -1_000n, { status: "approved" }, { as: "open", reason: "NOT_SENT" }],
    ["one that failed", -1_000n, { status: "failed" }, { as: "open", reason: "ALREADY_OVER" }],
    ["an id that is not ours", -1_000n, null, { as: "open", reason: "NO_REFERENCE" }],
  ])("%s", (_case, amount, known, expected) => {
    expect(matchMovement(move(amount), known && { ...sent, ...known })).toEqual(expected);
  });
  test("in another currency", () => {
    expect(matchMovement(move(-1_000n, "USD"), sent)).toEqual({ as: "open", reason: "CURRENCY_DIFFERS" });
  });

  test("property: whatever the bank books, a payment is never paid beyond its amount", () => {
    const amounts = fc.array(
      fc.bigInt({ min: -1_200n, max: 1_200n }).filter((one) => one !== 0n),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(amounts, (moves) => {
        const known = { ...sent };
        for (const amount of moves) {
          const match = matchMovement(move(amount), known);
          if (match.as === "payment") known.paidMinor -= amount;
          if (match.as === "return") known.returnedMinor += amount;
          if (match.as !== "open" && match.becomes) known.status = match.becomes;
          expect(known.paidMinor).toBeLessThanOrEqual(known.amountMinor);
          expect(known.returnedMinor).toBeLessThanOrEqual(known.paidMinor);
        }
      }),
    );
  });
});
