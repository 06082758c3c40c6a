import type { DealType } from "../schema";

/**
 * The index of a data room: 18 sections as due diligence lists part them (specification, methods g; compare the ABA Model
 * purchase agreements' schedules and the public list v11.2019). What is required depends on what is sold. Items are ours.
 */
type Need = "always" | "if-any" | readonly DealType[];
type TemplateItem = readonly [title: string, need: Need];
export type TemplateSection = {
  number: number;
  title: string;
  words: readonly string[];
  items: readonly TemplateItem[];
};

const SHARES: Need = ["share-sale", "minority-investment"];
const ALL_SHARES: Need = ["share-sale"];
const ASSETS: Need = ["asset-sale"];

const section = (number: number, title: string, words: string, items: readonly TemplateItem[]): TemplateSection => ({
  ...{ number, title, items },
  words: words.split(" "),
});

export const TEMPLATE: readonly TemplateSection[] = [
  section(
    1,
    "Corporate and organisation",
    "corporate corporation organisation organization company board minutes bylaws articles",
    [
      ["Certificate of incorporation and amendments", "always"],
      ["Articles of association or bylaws", "always"],
      ["Group chart with all subsidiaries", "always"],
      ["Minutes of board and shareholders, three years", "always"],
      ["Good standing or register extracts", "always"],
      ["Powers of attorney and signing authorities", "if-any"],
    ],
  ),
  section(
    2,
    "Capitalisation and securities",
    "capitalisation capitalization cap table securities shareholders shares equity options stock",
    [
      ["Cap table, fully diluted, reconciled", SHARES],
      ["Shareholder agreements and side letters", SHARES],
      ["Documents of past financing rounds", SHARES],
      ["Option plan, grants and board approvals", SHARES],
      ["Convertible notes, SAFEs and warrants", "if-any"],
      ["Owner of each asset to be sold", ASSETS],
    ],
  ),
  section(3, "Financial and accounting", "financial finance financials accounting accounts audit budget forecast", [
    ["Annual accounts, three years", "always"],
    ["Auditor's reports and management letters", "always"],
    ["Monthly management accounts, 24 months", "always"],
    ["Budget and forecast with assumptions", "always"],
    ["Working capital by month and its peg", ["share-sale", "asset-sale"]],
    ["Revenue recognition policy", "always"],
    ["Off-balance-sheet and contingent liabilities", "if-any"],
  ]),
  section(4, "Tax", "tax taxes vat steuern", [
    ["Tax returns and assessments, three years", "always"],
    ["Tax audits and correspondence", "if-any"],
    ["VAT and sales tax registrations and returns", "always"],
    ["Transfer pricing documentation", "if-any"],
    ["Tax losses carried forward and their limits", SHARES],
  ]),
  section(5, "Material contracts", "material contract contracts agreements vertrag", [
    ["List of material contracts", "always"],
    ["Contracts with change-of-control or assignment clauses", "always"],
    ["Partner, reseller and distribution agreements", "if-any"],
    ["Exclusivity, non-compete and most-favoured terms", "if-any"],
    ["Consents needed to assign", ASSETS],
  ]),
  section(6, "Customers and revenue", "customer customers revenue sales crm clients", [
    ["Revenue by customer, 36 months", "always"],
    ["Contracts of the twenty largest customers", "always"],
    ["Standard terms", "always"],
    ["Churn and cohort analysis", "always"],
    ["Pipeline", "if-any"],
  ]),
  section(7, "Suppliers", "supplier suppliers vendor vendors procurement hosting", [
    ["Contracts of the ten largest suppliers", "always"],
    ["Hosting and cloud agreements", "always"],
    ["Single-source dependencies", "if-any"],
  ]),
  section(
    8,
    "Intellectual property",
    "ip intellectual property patent patents trademark trademarks copyright domain licences licenses",
    [
      ["Register of patents, trade marks and domains", "always"],
      ["Assignments of inventions by founders, staff and contractors", "always"],
      ["Licences in and out", "always"],
      ["Open-source components and their licences", "always"],
      ["Infringement claims", "if-any"],
    ],
  ),
  section(
    9,
    "Technology, security and privacy",
    "technology tech security privacy gdpr software it data-protection architecture",
    [
      ["Architecture and systems overview", "always"],
      ["Security policies and last penetration test", "always"],
      ["Incidents of the last three years", "always"],
      ["Data protection records and processor agreements", "always"],
      ["Certificates such as SOC 2 or ISO 27001", "if-any"],
      ["Continuity and recovery plan with its last test", "always"],
    ],
  ),
  section(10, "Employees and benefits", "employee employees hr people benefits staff payroll personnel human", [
    ["List of staff by role, start, pay and place", "always"],
    ["Contracts of key people", "always"],
    ["Standard employment contract", "always"],
    ["Bonus, commission and retention plans", "always"],
    ["Pensions and benefits", "always"],
    ["Contractors and their agreements", "always"],
    ["Works council, unions and disputes", "if-any"],
    ["Transfer of staff with the assets", ASSETS],
  ]),
  section(11, "Litigation", "litigation disputes claims lawsuits legal", [
    ["List of pending and threatened proceedings", "always"],
    ["Settlements and judgments, five years", "if-any"],
    ["Letters of counsel to the auditor", "if-any"],
  ]),
  section(12, "Regulatory and permits", "regulatory regulation permits compliance antitrust", [
    ["Licences and permits with their expiry", "always"],
    ["Compliance programme and training", "always"],
    ["Correspondence with authorities", "if-any"],
    ["Export control and sanctions", "always"],
    ["Notifications that the deal needs", "always"],
  ]),
  section(13, "Real and personal property", "property real estate lease leases assets equipment premises office", [
    ["Leases of premises", "always"],
    ["Register of fixed assets", "always"],
    ["Leased equipment", "if-any"],
    ["Condition and location of the assets to be sold", ASSETS],
  ]),
  section(14, "Insurance", "insurance policies versicherung", [
    ["Policies in force with limits and expiry", "always"],
    ["Claims, three years", "always"],
    ["Directors' and officers' tail cover", ALL_SHARES],
  ]),
  section(15, "Debt and liens", "debt loan loans liens banking bank security-interests", [
    ["Loan and credit agreements", "if-any"],
    ["Debt and cash at a recent day, with payoff amounts", "always"],
    ["Search of liens and charges", "always"],
    ["Guarantees given and received", "if-any"],
  ]),
  section(16, "Environmental", "environmental environment esg sustainability", [
    ["Environmental permits and reports", "if-any"],
    ["Statement that no site is contaminated", "if-any"],
    ["Sustainability reporting", "if-any"],
  ]),
  section(17, "Related-party", "related party related-party affiliate affiliates intercompany", [
    ["Contracts with shareholders, directors and their families", "always"],
    ["Intra-group services and balances", "always"],
    ["Separation from the group after the sale", ALL_SHARES],
  ]),
  section(18, "Marketing and product", "marketing product products brand press roadmap market", [
    ["Product overview and roadmap", "always"],
    ["Market, competitors and positioning", "always"],
    ["Brand and press material", "if-any"],
    ["Marketing spend by channel", "always"],
  ]),
];

/** The last item of each section takes what belongs there and was not asked for. */
export const OTHER_TITLE = "Other documents";

export type IndexItem = { section: number; number: number; title: string; required: boolean };

/** The template for one kind of deal: an item that only another kind needs stays out. */
export function indexFor(dealType: DealType): { sections: { number: number; title: string }[]; items: IndexItem[] } {
  const applies = (need: Need) => typeof need === "string" || need.includes(dealType);
  const items = TEMPLATE.flatMap(({ number, items: held }) =>
    [...held, [OTHER_TITLE, "if-any"] as const]
      .filter(([, need]) => applies(need))
      .map(([title, need], at) => ({ section: number, number: at + 1, title, required: need !== "if-any" })),
  );
  return { sections: TEMPLATE.map(({ number, title }) => ({ number, title })), items };
}
