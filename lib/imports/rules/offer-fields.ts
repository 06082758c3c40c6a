import { TERMS, type TermKind } from "@/lib/deals/rules/terms";
import type { TermKey } from "@/lib/deals/schema/terms";
import { type Field, type FieldType, field } from "./field";

/** Other headers under which files carry a term, beside its own key and label. */
const NAMES: Readonly<Partial<Record<TermKey, string>>> = {
  price: "price|headline|enterprise value|purchase price|offer price|ev",
  basis: "basis|price basis|price for|cash free debt free",
  currency: "ccy|currency code",
  stock: "stock|shares|stock consideration",
  rollover: "roll over|rollover equity",
  vendorNote: "seller note|vendor loan|deferred consideration",
  earnOuts: "earn out|earnout|earnouts|contingent consideration",
  escrow: "escrow share|escrow percent",
  holdback: "retention|holdback share",
  cash: "cash|closing cash",
  debt: "debt|closing debt|net debt items",
  workingCapital: "nwc|working capital adjustment",
  peg: "nwc peg|working capital peg|target working capital",
  expectedWorkingCapital: "expected nwc|closing working capital",
  costs: "costs|fees|deal costs",
  carveOut: "carve out|management pool|carveout",
  indemnityCap: "cap|liability cap",
  indemnityBasket: "basket amount|deductible",
  financing: "financing certainty|funding",
  conditions: "conditions precedent|cps",
  closeProbability: "probability|probability of closing|certainty",
  closesOn: "closing date|expected closing|closing",
  exclusivityDays: "exclusivity days|exclusivity period",
  validUntil: "expires|valid to|expiry",
};
const TYPES: Readonly<Record<TermKind, FieldType>> = {
  ...{ money: "number", ratio: "number", months: "number", days: "number", day: "date", choice: "choice" },
  ...{ list: "text", "earn-outs": "text", currency: "currency" },
};

const plain = (text: string): string =>
  text
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

/** A row per offer: who bids, where it is written, and every term; an empty cell is not stated. */
export const OFFER_FIELDS: readonly Field[] = [
  field("bidder", "Bidder", "text", "bidder|buyer|company|acquirer|offeror|name", { required: true, maxLength: 160 }),
  field("title", "Offer", "text", "offer|title|offer name|bid|round", { required: true, maxLength: 120 }),
  field("dated", "Said on", "date", "said on|dated|date|day|offer date|received", { required: true }),
  field("writtenIn", "Where it is written", "text", "written in|source|document|letter|reference", {
    required: true,
    maxLength: 200,
  }),
  field("note", "Note", "text", "note|notes|remark|comment", { maxLength: 600 }),
  ...TERMS.map(({ key, label, kind }) =>
    field(key, label, TYPES[kind], [plain(key), plain(label), ...(NAMES[key]?.split("|") ?? [])].join("|"), {
      required: key === "basis",
      maxLength: 6_000,
    }),
  ),
];
