import type { ImportKind } from "../schema";
import { BUYER_FIELDS } from "./buyer-fields";
import { CHECKLIST_FIELDS } from "./checklist-fields";
import { COMPARABLE_FIELDS } from "./comparable-fields";
import { type Field, field } from "./field";
import { OFFER_FIELDS } from "./offer-fields";

export type { Field, FieldType } from "./field";

const CURRENCY = field(
  "currency",
  "Currency",
  "currency",
  "currency|currency code|iso currency|ccy|währung|devise|invoice currency",
);

/**
 * Per kind. Beside plain names: the headers of Stripe's exports and API, QuickBooks and Xero reports, and HubSpot's
 * company, deal and subscription exports.
 */
export const FIELDS: Readonly<Record<ImportKind, readonly Field[]>> = {
  metrics: [
    field(
      "metric",
      "Metric",
      "metric",
      "metric|kpi|measure|account|line item|metric name|metric key|kennzahl|indicator",
      { required: true },
    ),
    field(
      "period",
      "Period",
      "period",
      "period|month|date|period start|quarter|reporting period|monat|mois|as of|day",
      { required: true },
    ),
    field("value", "Value", "number", "value|amount|actuals|wert|valeur|figure|total", { required: true }),
    CURRENCY,
    field("basis", "Actual, plan or forecast", "choice", "basis|scenario|version|type|actual or plan"),
  ],
  customers: [
    field(
      "externalId",
      "Customer id",
      "text",
      "id|customer id|customer number|customer no|account id|account number|record id|company id|contact id|customer key|kundennummer|customer",
      { required: true, maxLength: 200 },
    ),
    field(
      "name",
      "Name",
      "text",
      "name|customer name|company name|company|account name|contact name|description|display name|display name as|full name|kunde|customer full name",
      { maxLength: 300 },
    ),
    field(
      "segment",
      "Segment",
      "text",
      "segment|customer type|tier|industry|customer segment|size|type|lifecycle stage|plan",
      { maxLength: 120 },
    ),
    field(
      "country",
      "Country",
      "text",
      "country|country code|country region|billing country|address country|card address country|land|pays|pobox country|pocountry",
      { maxLength: 120 },
    ),
    field(
      "channel",
      "Channel",
      "text",
      "channel|source|original source type|original source|lead source|acquisition channel|original traffic source",
      { maxLength: 120 },
    ),
    field(
      "startedOn",
      "Customer since",
      "date",
      "started on|start date|customer since|created|created utc|create date|created at|created date|signup date|sign up date|became a customer date|since",
    ),
  ],
  subscriptions: [
    field(
      "externalId",
      "Subscription id",
      "text",
      "id|subscription id|subscription|contract id|subscription number|record id|contract number|contract",
      { required: true, maxLength: 200 },
    ),
    field(
      "customerExternalId",
      "Customer id",
      "text",
      "customer id|customer|account id|customer number|company id|associated company id|account|customer no|contact id|kundennummer",
      { required: true, maxLength: 200 },
    ),
    field(
      "plan",
      "Plan",
      "text",
      "plan|product|plan name|product name|price nickname|plan nickname|plan id|line item|price id|tariff",
      { maxLength: 200 },
    ),
    field(
      "startOn",
      "Starts on",
      "date",
      "start on|start date|start date utc|start utc|start|started at|created utc|created|current period start|current period start utc|contract start|contract start date|recurring billing start date|begin",
      { required: true },
    ),
    field(
      "endOn",
      "Ends on (first day not paid)",
      "date",
      "end on|end date|ended at|ended at utc|ended on|contract end|contract end date|churned on|end|expiration date|termination date",
    ),
    field("status", "Status", "choice", "status|state|subscription status"),
    field(
      "canceledOn",
      "Cancellation asked for on",
      "date",
      "canceled at utc|canceled at|cancelled at|cancelled on|canceled on|cancellation date",
    ),
    field("cancelAt", "Cancelled as of", "date", "cancel at|cancel at utc|cancels at|cancels on"),
    field("cancelAtPeriodEnd", "Cancelled at the period's end", "choice", "cancel at period end"),
    field("periodStart", "Present period from", "date", "current period start|current period start utc"),
    field("periodEnd", "Present period until", "date", "current period end|current period end utc"),
    field("trialEnd", "Trial until", "date", "trial end|trial end utc|trial ends|trial ends at|trial end date"),
    field(
      "amount",
      "Price per interval and unit",
      "amount",
      "amount|price|unit amount|plan amount|mrr|unit price|amount cents|amount in cents|plan unit amount|recurring amount|amount per interval|preis|price per unit",
      { required: true },
    ),
    CURRENCY,
    field(
      "interval",
      "Billing interval",
      "interval",
      "interval|billing interval|plan interval|billing period|recurring interval|billing frequency|frequency|term|recurring billing frequency|billing cycle|price interval",
      { required: true },
    ),
    field(
      "intervalCount",
      "Intervals per bill",
      "number",
      "interval count|plan interval count|recurring interval count|billing interval count",
    ),
    field("quantity", "Quantity", "number", "quantity|seats|units|licenses|qty|licences|menge"),
    field(
      "discountPercent",
      "Discount in percent",
      "number",
      "discount percent|percent off|coupon percent off|discount coupon percent off|discount percentage",
    ),
    field(
      "discountAmount",
      "Discount per bill",
      "amount",
      "discount amount|amount off|coupon amount off|discount coupon amount off|discount",
    ),
    field(
      "discountDuration",
      "Discount: once, repeating or forever",
      "text",
      "coupon duration|discount coupon duration|discount duration",
    ),
    field("discountEnd", "Discount until", "date", "discount end|discount ends|coupon end|discount end date"),
    field("coupon", "Coupon", "text", "coupon|coupon id|coupon code|discount code|promotion code|discount coupon id"),
  ],
  invoices: [
    field(
      "externalId",
      "Invoice id",
      "text",
      "id|invoice id|invoice number|number|invoice no|num|no|document number|invoice|rechnungsnummer|record id",
      { required: true, maxLength: 200 },
    ),
    field(
      "customerExternalId",
      "Customer id",
      "text",
      "customer id|customer|contact name|contactname|account id|customer number|company id|name|client|customer name|customer no|kundennummer|associated company id",
      { required: true, maxLength: 200 },
    ),
    field(
      "issuedOn",
      "Issued on",
      "date",
      "issued on|invoice date|invoicedate|date|created utc|created|issue date|issued|finalized at|date utc|transaction date|rechnungsdatum|posting date|create date",
      { required: true },
    ),
    field(
      "periodStart",
      "Service from",
      "date",
      "period start|period start utc|service start|service from|minimum line item period start|line period start|service date",
    ),
    field(
      "periodEnd",
      "Service until",
      "date",
      "period end|period end utc|service end|service until|service to|maximum line item period end|line period end",
    ),
    field(
      "amount",
      "Net amount",
      "amount",
      "net amount|amount|subtotal|net|amount net|net total|amount excl tax|amount excluding tax|subtotal excluding tax|amount cents|amount in cents|line amount|betrag|netto",
      { required: true },
    ),
    field(
      "total",
      "Total with tax (when there is no net amount)",
      "amount",
      "total|gross amount|amount due|gross|invoice amount|invoice total|amount incl tax|total amount|brutto|amount billed",
    ),
    field(
      "discount",
      "Discount (when the amount is before it)",
      "amount",
      "discount|discount amount|discounts|total discount|total discount amounts|line discount",
    ),
    field(
      "lineId",
      "Line of the invoice",
      "text",
      "line id|line item id|line number|line no|invoice line id|line item no|lineitemid",
    ),
    field("tax", "Tax", "amount", "tax|vat|tax amount|taxtotal|tax total|taxamount|sales tax|gst|mwst|total tax"),
    CURRENCY,
    field(
      "kind",
      "Recurring, usage, one-off or refund",
      "choice",
      "kind|type|transaction type|invoice type|billing reason|revenue type|category",
    ),
    field("status", "Open, paid or void", "choice", "status|state|invoice status|payment status|paid"),
  ],
  buyers: BUYER_FIELDS,
  comparables: COMPARABLE_FIELDS,
  offers: OFFER_FIELDS,
  checklist: CHECKLIST_FIELDS,
  rates: [
    field("day", "Day", "date", "day|date|as of|time period|datum|rate date", { required: true }),
    field(
      "base",
      "From (one unit of)",
      "currency",
      "base|base currency|from|from currency|source currency|unit currency|currency",
      { required: true },
    ),
    field(
      "quote",
      "Into",
      "currency",
      "quote|quote currency|to|to currency|target currency|counter currency|currency denom",
      { required: true },
    ),
    field(
      "rate",
      "Rate (units of the second for one of the first)",
      "number",
      "rate|exchange rate|value|obs value|mid|kurs|close",
      {
        required: true,
      },
    ),
    field("source", "Published by", "text", "source|published by|provider|rate source|publisher|quelle", {
      required: true,
      maxLength: 120,
    }),
  ],
};

export function findField(kind: ImportKind, key: string): Field | null {
  return FIELDS[kind].find((candidate) => candidate.key === key) ?? null;
}

/** Words of a header without case, accents, punctuation and camel humps, so that "currentPeriodStart (UTC)" is plain. */
export function plainName(header: string): string {
  return header
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

const choices = (table: Record<string, string>): ReadonlyMap<string, string> =>
  new Map(Object.entries(table).flatMap(([value, names]) => names.split("|").map((name) => [name, value] as const)));

/** Words of files for our closed lists. */
export const BASIS_WORDS = choices({
  actual: "actual|actuals|ist|real|act|reported",
  plan: "plan|budget|planned|target|soll",
  forecast: "forecast|fcst|projection|estimate|outlook",
});
export const KIND_WORDS = choices({
  recurring:
    "recurring|subscription|subscription cycle|subscription create|subscription update|subscription threshold|renewal|mrr|license",
  usage: "usage|metered|overage|consumption",
  one_off: "one off|one time|onetime|setup|services|service|manual|project|professional services",
  refund: "refund|credit note|credit memo|credit|sales credit note|accreccredit|creditmemo|reversal",
});
/** "Invoice" says nothing about what was sold: the default of the mapping holds. */
export const KIND_SILENT: ReadonlySet<string> = new Set(["", "invoice", "sales invoice", "accrec", "bill"]);
export const STATUS_WORDS = choices({
  open: "open|unpaid|overdue|sent|authorised|authorized|awaiting payment|past due|partially paid|outstanding|uncollectible|false|no|posted|approved|due",
  paid: "paid|settled|closed|true|yes|succeeded|paid in full",
  void: "void|voided|deleted|cancelled|canceled|reversed",
});
export const DRAFT_WORDS: ReadonlySet<string> = new Set(["draft", "submitted", "pending approval"]);
export const INTERVAL_MONTHS: ReadonlyMap<string, number> = new Map(
  Object.entries({
    1: "month|monthly|mo|1 month|every month|p1m|monatlich|mensuel|m|per month|1",
    3: "quarter|quarterly|3 months|every 3 months|p3m|qtr|3 month|q|per quarter|vierteljährlich|3",
    12: "year|yearly|annual|annually|12 months|every year|1 year|p12m|p1y|yr|jährlich|y|per year|a|annuel|12 month|12",
  }).flatMap(([months, names]) => names.split("|").map((name) => [name, Number(months)] as const)),
);
