import type { FieldFormat } from "./values";

/**
 * Everything that a template may ask for. It is closed: a template that asks for anything else is refused, so that no
 * document says what nobody has stored.
 */
type From = "record" | "terms" | "figure" | "stated";
export type Field = { key: string; label: string; format: FieldFormat; from: From };

const fields = (from: From, format: FieldFormat, named: Readonly<Record<string, string>>): Field[] =>
  Object.entries(named).map(([key, label]) => ({ key, label, format, from }));

export const FIELDS: readonly Field[] = [
  ...fields("record", "text", {
    "company.name": "name of the company",
    "company.sector": "sector of the company",
    "company.country": "country of the company",
    "company.model": "business model of the company",
    "buyer.name": "name of the buyer",
    "buyer.contact": "contact at the buyer",
    "buyer.counsel": "counsel of the buyer",
    "seller.counsel": "counsel of the seller",
    "escrow.agent": "escrow agent",
    "offer.title": "title of the offer",
    "about.name": "name of the holder or of the tranche",
    "terms.basis": "what the price is for",
    "terms.financing": "how the buyer pays",
    "terms.basket": "kind of basket",
    "terms.collarOutside": "what counts beyond the collar",
  }),
  ...fields("record", "day", {
    "document.day": "day of the document",
    "offer.day": "day of the offer",
    "deal.loiSigned": "day on which the letter of intent was signed",
    "deal.agreementSigned": "day on which the agreement was signed",
    "deal.closed": "day of closing",
    "deal.exclusiveUntil": "last day of exclusivity",
    "about.opens": "day on which the tranche can be released",
  }),
  ...fields("terms", "money", {
    "terms.price": "headline price",
    "terms.stock": "stock of the buyer",
    "terms.rollover": "amount rolled over",
    "terms.vendorNote": "vendor note",
    "terms.peg": "working capital peg",
    "terms.expectedWorkingCapital": "working capital expected at closing",
    "terms.collar": "collar",
    "terms.cash": "cash at closing",
    "terms.debt": "debt at closing",
    "terms.costs": "transaction costs",
  }),
  ...fields("terms", "percent", {
    "terms.escrow": "escrow",
    "terms.holdback": "holdback",
    "terms.carveOut": "management carve-out",
    "terms.indemnityCap": "indemnity cap",
    "terms.indemnityBasket": "indemnity basket",
    "terms.vendorNoteInterest": "interest on the vendor note",
  }),
  ...fields("terms", "count", {
    "terms.escrowMonths": "months that the escrow is held",
    "terms.holdbackMonths": "months that the holdback is held",
    "terms.vendorNoteMonths": "months until the vendor note is due",
    "terms.exclusivityDays": "days of exclusivity",
  }),
  ...fields("terms", "day", {
    "terms.closesOn": "day on which closing is expected",
    "terms.validUntil": "last day of the offer",
  }),
  ...fields("figure", "money", {
    "figure.equity": "equity proceeds",
    "figure.closing": "amount paid at closing",
    "figure.closingCash": "amount paid at closing in cash",
    "figure.escrow": "amount of the escrow",
    "figure.holdback": "amount of the holdback",
    "about.atClosing": "amount to the holder at closing",
    "about.later": "amount to the holder later, at most",
    "about.amount": "amount of the tranche that is released",
    "about.gross": "amount distributed to the holder, before tax",
    "about.withheld": "tax withheld from the holder",
    "about.net": "amount paid to the holder",
  }),
  ...fields("stated", "text", {
    "company.legalName": "legal name of the company",
    "company.registeredOffice": "registered office of the company",
    "company.registration": "registration number of the company",
    "company.business": "what the company does, in a sentence or two",
    "project.name": "code name of the project",
    "seller.legalName": "legal name of the seller",
    "seller.registeredOffice": "registered office of the seller",
    "seller.signatory": "who signs for the seller",
    "seller.signatoryTitle": "office of who signs for the seller",
    "buyer.legalName": "legal name of the buyer",
    "buyer.registeredOffice": "registered office of the buyer",
    "buyer.registration": "registration number of the buyer",
    "buyer.signatory": "who signs for the buyer",
    "buyer.signatoryTitle": "office of who signs for the buyer",
    "law.governing": "governing law",
    "law.courts": "courts with jurisdiction",
    "nda.months": "months that the confidentiality lasts",
    "board.members": "members of the board",
  }),
];

/** Rows that a template may repeat, and the columns of each. */
export const LISTS: Readonly<Record<string, { label: string; columns: readonly Field[] }>> = {
  earnOuts: {
    label: "earn-outs",
    columns: [
      ...fields("terms", "text", { "earnOut.title": "what has to be reached" }),
      ...fields("terms", "money", { "earnOut.amount": "amount of the earn-out" }),
      ...fields("terms", "day", { "earnOut.day": "day of the earn-out" }),
    ],
  },
  conditions: {
    label: "conditions",
    columns: fields("terms", "text", { "condition.text": "condition" }),
  },
  closingConditions: {
    label: "conditions of closing, each with how it was settled",
    columns: [
      ...fields("record", "text", {
        "closingCondition.text": "condition",
        "closingCondition.standing": "that the condition is fulfilled or waived",
      }),
    ],
  },
  holders: {
    label: "holders",
    columns: [
      ...fields("figure", "text", { "holder.name": "name of the holder" }),
      ...fields("figure", "money", {
        "holder.atClosing": "amount to the holder at closing",
        "holder.later": "amount to the holder later, at most",
      }),
    ],
  },
  statement: {
    label: "holders, as the funds-flow statement of the closing has them",
    columns: [
      ...fields("figure", "text", { "payee.name": "name of the holder" }),
      ...fields("figure", "money", {
        "payee.gross": "amount to the holder before tax, held back money included",
        "payee.held": "amount held back of the holder",
        "payee.withheld": "tax withheld of the holder",
        "payee.cash": "cash to the holder at closing",
      }),
    ],
  },
  bridge: {
    label: "lines from the price to what is paid",
    columns: [
      ...fields("figure", "text", { "line.label": "name of the line" }),
      ...fields("figure", "money", { "line.amount": "amount of the line" }),
    ],
  },
  metrics: {
    label: "headline figures of the company",
    columns: fields("figure", "text", {
      "metric.label": "name of the figure",
      "metric.value": "value of the figure",
      "metric.asOf": "day of the figure",
    }),
  },
};
export type ListKey = keyof typeof LISTS;

/** When a clause stands in a document: only where the terms have it. */
export const CONDITIONS: Readonly<Record<string, string>> = {
  earnOut: "the terms have an earn-out",
  escrow: "the terms have an escrow",
  holdback: "the terms have a holdback",
  peg: "the working capital is settled against a peg",
  collar: "the peg has a collar",
  exclusivity: "the terms have a period of exclusivity",
  indemnityCap: "the indemnity has a cap",
  indemnityBasket: "the indemnity has a basket",
  financingCondition: "the offer is subject to financing",
  rollover: "a part is rolled over",
  stock: "a part is paid in stock of the buyer",
  vendorNote: "a part is a vendor note",
  carveOut: "there is a management carve-out",
  cashFree: "the price is for the company without cash and debt",
  conditions: "the offer names conditions",
  validity: "the offer has a last day",
  checklist: "closing has conditions, of the checklist or else of the offer",
  distributed: "the ledger has the distribution",
  statement: "the split of this offer was kept, so that its funds-flow statement says what each holder receives",
};

export const findField = (key: string): Field | null => FIELDS.find((field) => field.key === key) ?? null;
export const columnOf = (list: string, key: string): Field | null =>
  LISTS[list]?.columns.find((field) => field.key === key) ?? null;
/** What a person may say of a sale where nothing stored says it. */
export const STATED: readonly Field[] = FIELDS.filter(({ from }) => from === "stated");
