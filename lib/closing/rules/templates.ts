import type { Benefit, Group, Party, TemplateName } from "../schema";

export type TemplateItem = {
  key: string;
  group: Group;
  title: string;
  party: Party;
  days: number;
  condition: Benefit | null;
  after: readonly string[];
};
export const TEMPLATE_LABELS: Readonly<Record<TemplateName, string>> = {
  "share-sale": "Sale of shares",
  "asset-sale": "Sale of assets",
};

type Row = readonly [key: string, title: string, party: Party, days: number, condition: Benefit | null, after?: string];
const group = (name: Group, rows: readonly Row[]): TemplateItem[] =>
  rows.map(([key, title, party, days, condition, after = ""]) => ({
    ...{ key, group: name, title, party, days, condition, after: after.split(" ").filter(Boolean) },
  }));

/** What every private sale closes with; days are calendar days and a start, to be set by whoever works on it. */
const COMMON: readonly TemplateItem[] = [
  ...group("corporate-approvals", [
    ["board", "Resolution of the company’s board", "company", 5, "theirs"],
    ["buyer-board", "Resolution of the buyer’s board", "buyer", 10, "ours"],
  ]),
  ...group("regulatory", [
    ["merger-filing", "Merger control filing made, or counsel confirms that none is needed", "counsel", 10, null],
    [
      "merger-clearance",
      "Merger control clearance, or the waiting period is over",
      "counsel",
      30,
      "law",
      "merger-filing",
    ],
    [
      "foreign-investment",
      "Foreign investment clearance, or counsel confirms that none is needed",
      "counsel",
      30,
      "law",
    ],
  ]),
  ...group("third-party-consents", [
    ["customers", "Consents of customers to the change", "company", 21, "theirs"],
    ["landlord", "Consent of the landlord", "company", 14, "theirs"],
    ["lender", "Payoff letters of the lenders", "bank", 10, "theirs"],
  ]),
  ...group("financing", [
    ["funds-proof", "Proof of funds or financing committed", "buyer", 7, "ours"],
    ["funds-ready", "Financing drawn and funds with the paying agent", "buyer", 3, "ours", "funds-proof flow"],
  ]),
  ...group("employment", [
    ["key-people", "Employment agreements of key people", "buyer", 14, "theirs"],
    ["resignations", "Resignations of directors", "company", 3, "theirs"],
  ]),
  ...group("tax", [
    ["tax-forms", "Tax forms and withholding certificates of every seller", "seller", 14, "theirs"],
    ["tax-clearance", "Tax clearance or statement of no liability", "counsel", 21, "theirs"],
  ]),
  ...group("escrow-and-funds-flow", [
    ["escrow", "Escrow agreement agreed and the agent’s checks passed", "bank", 10, "both"],
    ["closing-statement", "Estimated closing statement delivered", "company", 5, "theirs"],
    ["flow", "Funds-flow memorandum agreed", "counsel", 3, "both", "closing-statement escrow lender"],
    ["accounts", "Payees’ bank details confirmed by call", "seller", 5, null, "tax-forms"],
  ]),
];

const END: readonly TemplateItem[] = [
  ...group("deliverables", [
    ["representations", "Certificate that the representations are true at closing", "company", 1, "theirs"],
    ["no-change", "Certificate that nothing material has changed for the worse", "company", 1, "theirs"],
    ["signatures", "Signature pages of all parties held by counsel", "counsel", 5, null],
  ]),
  ...group("post-closing", [
    ["statement-final", "Final closing statement and true-up", "buyer", 90, null],
    ["registers", "Public registers changed", "counsel", 10, null],
    ["announcement", "Announcement agreed and made", "company", 1, null],
  ]),
];

const SHARE: readonly TemplateItem[] = [
  ...group("corporate-approvals", [
    ["shareholders", "Approval of the shareholders, with waivers of pre-emption", "seller", 14, "both", "board"],
  ]),
  ...group("deliverables", [
    ["share-transfer", "Share transfer forms and certificates", "seller", 5, "theirs", "shareholders"],
    ["options", "Treatment of options and convertibles documented", "company", 10, "theirs", "board"],
  ]),
];

const ASSET: readonly TemplateItem[] = [
  ...group("corporate-approvals", [
    ["shareholders", "Approval of the shareholders to sell substantially all assets", "seller", 14, "both", "board"],
  ]),
  ...group("third-party-consents", [
    ["assignment", "Assignments of contracts, licences and permits", "company", 30, "theirs"],
  ]),
  ...group("employment", [["transfer", "Employees told of and consulted on the transfer", "company", 30, "law"]]),
  ...group("deliverables", [
    ["bill-of-sale", "Bill of sale and assumption of liabilities", "counsel", 5, "both", "shareholders"],
    ["rights", "Assignments of patents, marks, domains and software", "counsel", 7, "theirs"],
    ["liens", "Releases of liens on the assets", "bank", 7, "theirs", "lender"],
  ]),
];

export const TEMPLATE_ITEMS: Readonly<Record<TemplateName, readonly TemplateItem[]>> = {
  "share-sale": [...COMMON, ...SHARE, ...END],
  "asset-sale": [...COMMON, ...ASSET, ...END],
};
