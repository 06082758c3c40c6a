import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readCamt053 } from "./camt-053";
import { checkPain001 } from "./check-pain-001";
import { type AchEntry, checkNacha, writeNacha } from "./nacha";
import { type CreditTransfer, writePain001 } from "./pain-001";
import { plainText } from "./plain-text";

const createdAt = new Date("2026-11-23T09:30:15.123Z");
const transfer = (more: Partial<CreditTransfer> = {}): CreditTransfer => ({
  ...{
    endToEndId: "P00000000000001",
    amountMinor: 123_456n,
    payee: "Zoë Müller & Söhne",
    iban: "DE89370400440532013000",
  },
  ...{ bic: "COBADEFFXXX", remittance: "Sale of Meridian Robotics, first distribution" },
  ...more,
});
const pain = (transfers: CreditTransfer[], bic: string | null = null) =>
  writePain001({
    ...{ messageId: "CH20261123AB", createdAt, executeOn: "2026-11-25", currency: "EUR", transfers },
    debtor: { name: "Holding GmbH", iban: "AT611904300234573201", bic },
  });
const two = () =>
  pain([
    transfer(),
    transfer({ endToEndId: "P00000000000002", iban: "FR1420041010050500013M02606", bic: null, amountMinor: 1n }),
  ]);

describe("pain.001.001.09", () => {
  test("is valid, adds up, and is the same bytes for the same payments", () => {
    const xml = two();
    expect(checkPain001(xml)).toEqual([]);
    expect(two()).toBe(xml);
    expect(xml).toContain("<NbOfTxs>2</NbOfTxs>\n      <CtrlSum>1234.57</CtrlSum>");
    expect(xml).toContain("<Cdtr><Nm>Zoe Muller + Sohne</Nm></Cdtr>");
    expect(xml).toContain("<CreDtTm>2026-11-23T09:30:15Z</CreDtTm>");
    expect(checkPain001(pain([transfer()], "BKAUATWW"))).toEqual([]);
  });

  test.each<[string, (xml: string) => string, RegExp]>([
    ["another sum", (xml) => xml.replace("<CtrlSum>1234.57", "<CtrlSum>1234.58"), /CtrlSum is not the sum/],
    ["another count", (xml) => xml.replace("<NbOfTxs>2", "<NbOfTxs>3"), /NbOfTxs is not the count/],
    ["an id given twice", (xml) => xml.replaceAll("P00000000000002", "P00000000000001"), /given twice/],
    ["a wrong IBAN", (xml) => xml.replace("DE8937", "DE8837"), /check digits/],
    [
      "an element out of order",
      (xml) => xml.replace(/(<PmtMtd>.*<\/PmtMtd>)\s*(<BtchBookg>.*<\/BtchBookg>)/, "$2$1"),
      /PmtInf: /,
    ],
    ["an element missing", (xml) => xml.replace(/<ReqdExctnDt>.*<\/ReqdExctnDt>/, ""), /PmtInf: /],
    ["an element unknown", (xml) => xml.replace("<Amt>", "<Amt><EqvtAmt/>"), /Amt: /],
    ["a letter that banks refuse", (xml) => xml.replace("Zoe", "Zoë"), /Nm: /],
    ["three decimals", (xml) => xml.replace(">1234.56<", ">1234.561<"), /InstdAmt/],
    ["another currency", (xml) => xml.replaceAll('Ccy="EUR"', 'Ccy="USD"'), /only EUR/],
    ["another version", (xml) => xml.replace("001.001.09", "001.001.03"), /not pain/],
    ["a document type", (xml) => xml.replace("<Document", "<!DOCTYPE x><Document"), /DOCUMENT_TYPE/],
    ["a day that is none", (xml) => xml.replace("<Dt>2026-11-25", "<Dt>2026-02-30"), /Dt: /],
    ["a minute that is none", (xml) => xml.replace("T09:30:15Z", "T09:60:15Z"), /CreDtTm: /],
    ["a name of 71 characters", (xml) => xml.replace("Zoe Muller + Sohne", "Z".repeat(71)), /Nm: /],
    ["a remittance of 141", (xml) => xml.replace(/<Ustrd>[^<]*/, `<Ustrd>${"r".repeat(141)}`), /Ustrd: /],
    ["a message id of 36", (xml) => xml.replace("<MsgId>CH20261123AB", `<MsgId>${"M".repeat(36)}`), /MsgId: /],
    ["an empty id", (xml) => xml.replace("<EndToEndId>P00000000000001", "<EndToEndId>"), /EndToEndId: /],
    ["a BIC of nine", (xml) => xml.replace("COBADEFFXXX", "COBADEFFX"), /BICFI: /],
    ["an amount of nothing", (xml) => xml.replaceAll(">0.01<", ">0.00<"), /below 0.01|CtrlSum/],
    ["no kind of payment", (xml) => xml.replace(/<PmtTpInf>.*<\/PmtTpInf>/, ""), /PmtInf: /],
    ["no count in the block", (xml) => xml.replace(/(<PmtInf>[\s\S]*?)<NbOfTxs>2<\/NbOfTxs>/, "$1"), /PmtInf: /],
    ["charges that SEPA has not", (xml) => xml.replace("<ChrgBr>SLEV", "<ChrgBr>OUR"), /ChrgBr: /],
    ["another service", (xml) => xml.replace("<Cd>SEPA", "<Cd>URGP"), /Cd: /],
    ["an attribute of nobody's", (xml) => xml.replace("<Cdtr>", '<Cdtr x="1">'), /attribute x/],
    ["words between elements", (xml) => xml.replace("<Amt>", "<Amt>pay"), /text between/],
    [
      "the payee before its bank",
      (xml) => xml.replace(/(<CdtrAgt>.*<\/CdtrAgt>)\s*(<Cdtr>.*<\/Cdtr>)/, "$2$1"),
      /CdtTrfTxInf: /,
    ],
  ])("%s is seen", (_case, spoil, problem) => {
    expect(spoil(two())).not.toBe(two());
    expect(checkPain001(spoil(two())).join("; ")).toMatch(problem);
  });

  test("property: whatever people are called and whatever is paid, the message is valid", () => {
    const payments = fc.array(
      fc.record({
        payee: fc.string({ unit: "grapheme", minLength: 1, maxLength: 90 }),
        remittance: fc.string({ unit: "grapheme", minLength: 1, maxLength: 200 }),
        amountMinor: fc.bigInt({ min: 1n, max: 99_999_999_999n }),
      }),
      { minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(payments, (all) => {
        const ids = (index: number) => ({ endToEndId: `P${String(index).padStart(14, "0")}` });
        expect(checkPain001(pain(all.map((one, index) => transfer({ ...one, ...ids(index) }))))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});

test.each([
  ["Ænima ØL", 70, "AEnima OL"],
  ["Łódź – „Żaba”", 70, "Lodz - .Zaba."],
  ["//a//b/", 70, "a/b"],
  ["株式会社", 70, "...."],
  ["", 70, "."],
  ["abcdef", 3, "abc"],
])("%s becomes %s characters of plain text: %s", (text, most, plain) => expect(plainText(text, most)).toBe(plain));

const entry = (more: Partial<AchEntry> = {}): AchEntry => ({
  ...{ endToEndId: "P00000000000001", amountMinor: 123_456n, payee: "Ada Lovelace", routing: "021000021" },
  ...{ account: "000123456789", accountType: "checking" as const, owner: "person" as const },
  ...more,
});
const ach = (entries: AchEntry[]) =>
  writeNacha({
    ...{ messageId: "CH20261123AB", createdAt, executeOn: "2026-11-25", entries },
    origin: { name: "Holding Inc", companyId: "1234567890", routing: "121000374", bankName: "Federal Reserve SF" },
  });

describe("Nacha", () => {
  // Golden: positions of the record format in appendix three of the Nacha Operating Rules.
  test("has the fields where the format has them", () => {
    const lines = ach([
      entry(),
      entry({
        endToEndId: "P00000000000002",
        owner: "company",
        accountType: "savings",
        routing: "111000025",
        amountMinor: 1n,
      }),
    ])
      .trimEnd()
      .split("\n");
    expect(lines).toEqual([
      "101 12100037412345678902611230930A094101FEDERAL RESERVE SF     HOLDING INC            261123AB",
      "5220HOLDING INC                         1234567890PPDSALE      261125261125   1121000370000001",
      "622021000021000123456789     0000123456P00000000000001ADA LOVELACE            0121000370000001",
      "822000000100021000020000000000000000001234561234567890                         121000370000001",
      "5220HOLDING INC                         1234567890CCDSALE      261125261125   1121000370000002",
      "632111000025000123456789     0000000001P00000000000002ADA LOVELACE            0121000370000002",
      "822000000100111000020000000000000000000000011234567890                         121000370000002",
      "9000002000001000000020013200004000000000000000000123457                                       ",
      "9".repeat(94),
      "9".repeat(94),
    ]);
  });

  test.each<[string, (text: string) => string, RegExp]>([
    ["another amount", (text) => text.replace("0000123456P", "0000123457P"), /batch control: credits/],
    ["another bank", (text) => text.replace("622021000021", "622111000025"), /entry hash/],
    ["a line lost", (text) => text.split("\n").slice(0, -2).join("\n"), /multiple of ten/],
    ["a character lost", (text) => text.replace("ADA ", "ADA"), /94 characters/],
  ])("%s is seen", (_case, spoil, problem) => {
    expect(checkNacha(ach([entry()]))).toEqual([]);
    expect(checkNacha(spoil(ach([entry()]))).join("; ")).toMatch(problem);
  });

  // Entry hash: Σ of the first eight digits of the routing numbers, its last ten digits (Nacha Operating Rules, appendix three).
  const many = (count: number, more: Partial<AchEntry> = {}) => Array.from({ length: count }, () => entry(more));
  test.each<[string, AchEntry[], { blocks: number; hash: string; count: string; credits: string }]>([
    // 1 + 5 + 1 × 6 + 8 + 9 = 5 lines: one block
    ["one entry", many(1), { blocks: 1, hash: "0002100002", count: "00000001", credits: "000000123456" }],
    // 4 + 6 = 10 lines: a block without filler
    [
      "six entries fill a block",
      many(6),
      { blocks: 1, hash: "0012600012", count: "00000006", credits: "000000740736" },
    ],
    ["seven need two", many(7), { blocks: 2, hash: "0014700014", count: "00000007", credits: "000000864192" }],
    // 310 × 32,227,162 = 9,990,420,220; 311 × = 10,022,647,382: the eleventh digit falls away
    [
      "a hash of ten digits",
      many(310, { routing: "322271627", amountMinor: 1n }),
      { blocks: 32, hash: "9990420220", count: "00000310", credits: "000000000310" },
    ],
    [
      "a hash that runs over",
      many(311, { routing: "322271627", amountMinor: 1n }),
      { blocks: 32, hash: "0022647382", count: "00000311", credits: "000000000311" },
    ],
    // two batches: 1 + (5 1×6 8) + (5 1×6 8) + 9 = 8 lines
    [
      "a person and a company",
      [entry(), entry({ owner: "company", routing: "111000025", amountMinor: 9_999_999_999n })],
      { blocks: 1, hash: "0013200004", count: "00000002", credits: "010000123455" },
    ],
  ])("%s: hash, counts, credits and blocks", (_case, entries, { blocks, hash, count, credits }) => {
    const text = ach(entries);
    const lines = text.replace(/\n$/, "").split("\n");
    const control = lines.find((line) => line[0] === "9" && line !== "9".repeat(94)) ?? "";
    expect(lines).toHaveLength(blocks * 10);
    expect(lines.every((line) => line.length === 94)).toBe(true);
    expect([control.slice(7, 13), control.slice(13, 21)]).toEqual([String(blocks).padStart(6, "0"), count]);
    expect([control.slice(21, 31), control.slice(31, 43), control.slice(43, 55)]).toEqual([
      hash,
      "0".repeat(12),
      credits,
    ]);
    const batches = lines.filter((line) => line[0] === "8");
    expect(batches.reduce((sum, line) => sum + BigInt(line.slice(32, 44)), 0n)).toBe(BigInt(credits));
    expect(batches.reduce((sum, line) => sum + BigInt(line.slice(10, 20)), 0n) % 10n ** 10n).toBe(BigInt(hash));
    expect(batches.map((line) => line.slice(4, 10)).reduce((sum, one) => sum + Number(one), 0)).toBe(Number(count));
    expect(checkNacha(text)).toEqual([]);
  });

  test("property: however many payments fills whole blocks with sums and hashes that fit", () => {
    const payments = fc.array(
      fc.record({
        amountMinor: fc.bigInt({ min: 1n, max: 9_999_999_999n }),
        owner: fc.constantFrom<AchEntry["owner"][]>("person", "company"),
        routing: fc.constantFrom("021000021", "322271627", "111000025"),
        payee: fc.string({ unit: "grapheme", minLength: 1, maxLength: 30 }),
      }),
      { minLength: 1, maxLength: 25 },
    );
    const fits = fc.property(payments, (all) => {
      expect(checkNacha(ach(all.map(entry)))).toEqual([]);
    });
    fc.assert(fits, { numRuns: 80 });
  });
});

const head = '<?xml version="1.0" encoding="UTF-8"?>';
const camt = (entries: string, more = "", version = "08") =>
  `${head}<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.${version}"><BkToCstmrStmt><GrpHdr><MsgId>M1</MsgId></GrpHdr><Stmt><Id>S1</Id>${more}<Acct><Id><IBAN>AT611904300234573201</IBAN></Id><Ccy>EUR</Ccy></Acct>${entries}</Stmt></BkToCstmrStmt></Document>`;
const ntry = (amount: string, sign: string, details = "", more = "<AcctSvcrRef>B1</AcctSvcrRef>") =>
  `<Ntry><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>${sign}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-11-25</Dt></BookgDt>${more}<NtryDtls>${details}</NtryDtls></Ntry>`;
const tx = (id: string, amount = "", more = "") =>
  `<TxDtls><Refs><EndToEndId>${id}</EndToEndId></Refs>${amount ? `<Amt Ccy="EUR">${amount}</Amt>` : ""}${more}</TxDtls>`;
const read = (xml: string) => {
  const outcome = readCamt053(xml);
  if (!outcome.ok) throw new Error(outcome.refusal);
  return outcome.value[0]?.entries.map(({ entryRef, amountMinor, endToEndId, isReturn }) => [
    entryRef,
    amountMinor,
    endToEndId,
    isReturn,
  ]);
};

describe("camt.053", () => {
  test.each<[string, string, unknown]>([
    ["a payment", ntry("10.00", "DBIT", tx("P1")), [["B1", -1_000n, "P1", false]]],
    [
      "a return",
      ntry("10", "CRDT", tx("P1", "", "<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>")),
      [["B1", 1_000n, "P1", true]],
    ],
    [
      "a batch entry that says its parts",
      ntry("3.00", "DBIT", tx("P1", "1.00") + tx("P2", "2.00")),
      [
        ["B1/1", -100n, "P1", false],
        ["B1/2", -200n, "P2", false],
      ],
    ],
    [
      "a batch entry whose parts do not add up",
      ntry("4.00", "DBIT", tx("P1", "1.00") + tx("P2", "2.00")),
      [["B1", -400n, null, false]],
    ],
    ["no reference of the payer", ntry("10.5", "CRDT", tx("NOTPROVIDED")), [["B1", 1_050n, null, false]]],
    ["what is not booked yet", ntry("1.00", "DBIT").replace("BOOK", "PDNG"), []],
  ])("%s", (_case, entries, expected) => expect(read(camt(entries))).toEqual(expected));

  test("entries without a reference are known by what they say, twins by their number", () => {
    const bare = ntry("1.00", "DBIT", tx("P1"), "");
    const refs = read(camt(bare + bare))?.map(([ref]) => ref) ?? [];
    expect(refs[1]).toBe(`${refs[0]}#2`);
    expect(read(camt(bare))?.[0]?.[0]).toBe(refs[0]);
  });

  const bal = (code: string, amount: string) =>
    `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>`;
  test("what does not add up from opening to closing is refused", () => {
    const balances = bal("OPBD", "100.00") + bal("CLBD", "90.00");
    expect(read(camt(balances + ntry("10.00", "DBIT", tx("P1"))))).toHaveLength(1);
    expect(readCamt053(camt(balances + ntry("10.01", "DBIT", tx("P1"))))).toEqual({
      ok: false,
      refusal: "SUMS_DIFFER",
    });
  });

  const entity = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>';
  const bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>';
  test.each<[string, string, string]>([
    ["an entity from outside", camt(ntry("1.00", "DBIT")).replace(head, head + entity), "DOCUMENT_TYPE"],
    ["an entity bomb", camt("&b;").replace(head, head + bomb), "DOCUMENT_TYPE"],
    ["an entity that nobody declared", camt("&e;"), "NOT_WELL_FORMED"],
    ["tags that do not close", camt("<Ntry>"), "NOT_WELL_FORMED"],
    ["a thousand levels", camt("<a>".repeat(1_000) + "</a>".repeat(1_000)), "TOO_DEEP"],
    ["too much of it", " ".repeat(8_000_001), "TOO_LARGE"],
    ["another message", camt(ntry("1.00", "DBIT")).replace("camt.053", "camt.052"), "NOT_A_STATEMENT"],
    ["no XML at all", "account;amount", "NOT_WELL_FORMED"],
    ["an amount below zero", camt(ntry("-1.00", "DBIT")), "BAD_AMOUNT"],
    ["a part of a cent", camt(ntry("1.001", "DBIT")), "BAD_AMOUNT"],
    ["an amount in words", camt(ntry("1e3", "DBIT")), "BAD_AMOUNT"],
  ])("%s is refused", (_case, xml, refusal) => expect(readCamt053(xml)).toEqual({ ok: false, refusal }));
});
