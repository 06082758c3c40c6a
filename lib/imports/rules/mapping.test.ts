import { describe, expect, test } from "vitest";
import { type ImportKind, mappingOptionsSchema } from "../schema";
import { headerSignature, mappingProblems, readEvidence, suggestTargets } from "./mapping";

const targets = (kind: ImportKind, header: string) => {
  const headers = header.split("|");
  const { targets: found } = suggestTargets(kind, headers);
  return Object.fromEntries(found.flatMap((target, i) => (target ? [[target, headers[i]]] : [])));
};

describe("headers of well-known exports", () => {
  test("Stripe, subscriptions export of the dashboard", () => {
    expect(
      targets(
        "subscriptions",
        "id|Customer ID|Customer Email|Plan|Quantity|Currency|Interval|Amount|Status|Created (UTC)|Start Date (UTC)|Current Period Start (UTC)|Current Period End (UTC)|Ended At (UTC)",
      ),
    ).toEqual({
      externalId: "id",
      customerExternalId: "Customer ID",
      plan: "Plan",
      quantity: "Quantity",
      currency: "Currency",
      interval: "Interval",
      amount: "Amount",
      startOn: "Start Date (UTC)",
      endOn: "Ended At (UTC)",
      status: "Status",
      periodStart: "Current Period Start (UTC)",
      periodEnd: "Current Period End (UTC)",
    });
  });

  test("Stripe, what a cancellation and a trial are", () => {
    expect(
      targets(
        "subscriptions",
        "id|customer|status|start_date|canceled_at|cancel_at|cancel_at_period_end|ended_at|trial_end|plan.amount|plan.interval|discount.coupon.percent_off|discount.coupon.duration|discount.end",
      ),
    ).toMatchObject({
      canceledOn: "canceled_at",
      cancelAt: "cancel_at",
      cancelAtPeriodEnd: "cancel_at_period_end",
      endOn: "ended_at",
      trialEnd: "trial_end",
      discountPercent: "discount.coupon.percent_off",
      discountDuration: "discount.coupon.duration",
      discountEnd: "discount.end",
    });
  });

  test.each([
    ["Invoice no|Customer|Date|Subtotal|Discount", "Discount"],
    ["Invoice no|Customer|Date|Net amount|Discount", undefined],
  ])("of %s the discount is %s", (header, discount) => {
    expect(targets("invoices", header).discount).toBe(discount);
  });

  test.each([
    [
      "Number|Customer|Date|Line amount",
      [
        ["A", "x", "d", "1"],
        ["A", "x", "d", "2"],
      ],
      "lines",
      [],
    ],
    [
      "Number|Customer|Date|Amount",
      [
        ["A", "x", "d", "1"],
        ["A", "x", "d", "2"],
      ],
      null,
      ["invoiceRows"],
    ],
    [
      "Number|Customer|Date|Amount",
      [
        ["A", "x", "d", "1"],
        ["A", "x", "d", "1"],
      ],
      "invoices",
      [],
    ],
    [
      "Number|Customer|Date|Line amount",
      [
        ["A", "x", "d", "1"],
        ["B", "x", "d", "2"],
      ],
      "invoices",
      [],
    ],
  ])("the rows of %s %j are %s", (header, sample, rows, questions) => {
    const headers = header.split("|");
    const evidence = readEvidence("invoices", headers, suggestTargets("invoices", headers).targets, sample);
    expect(evidence.invoiceRows).toBe(rows);
    expect(evidence.questions).toEqual(questions);
  });

  test("lines need the amount of each, not a total that stands on all of them", () => {
    const options = mappingOptionsSchema.parse({ invoiceRows: "lines" });
    const mapping = { targets: ["externalId", "customerExternalId", "issuedOn", "total"], options };
    expect(mappingProblems("invoices", mapping, []).map(({ path }) => path)).toEqual(["amount"]);
  });

  test("Stripe, raw objects", () => {
    expect(
      targets(
        "subscriptions",
        "id|object|customer|current_period_start|plan.interval|plan.interval_count|plan.amount|currency|quantity",
      ),
    ).toEqual({
      externalId: "id",
      customerExternalId: "customer",
      startOn: "current_period_start",
      interval: "plan.interval",
      intervalCount: "plan.interval_count",
      amount: "plan.amount",
      currency: "currency",
      quantity: "quantity",
    });
  });

  test("Xero, sales invoices", () => {
    expect(
      targets(
        "invoices",
        "ContactName|EmailAddress|InvoiceNumber|Reference|InvoiceDate|DueDate|Total|TaxTotal|Currency|Type|Status",
      ),
    ).toEqual({
      customerExternalId: "ContactName",
      externalId: "InvoiceNumber",
      issuedOn: "InvoiceDate",
      total: "Total",
      tax: "TaxTotal",
      currency: "Currency",
      kind: "Type",
      status: "Status",
    });
  });

  test("QuickBooks, transaction list", () => {
    expect(
      targets("invoices", "Date|Transaction Type|Num|Name|Memo/Description|Due Date|Amount|Open Balance|Status"),
    ).toEqual({
      issuedOn: "Date",
      kind: "Transaction Type",
      externalId: "Num",
      customerExternalId: "Name",
      amount: "Amount",
      status: "Status",
    });
  });

  test("HubSpot, companies", () => {
    expect(
      targets("customers", "Record ID|Company name|Country/Region|Industry|Create Date|Original Source Type"),
    ).toEqual({
      externalId: "Record ID",
      name: "Company name",
      country: "Country/Region",
      segment: "Industry",
      startedOn: "Create Date",
      channel: "Original Source Type",
    });
  });

  test("a list of names only: the name is the key", () => {
    expect(targets("customers", "Customer name|Country")).toMatchObject({ externalId: "Customer name" });
  });
});

describe("layouts of metric files", () => {
  test.each([
    ["long", "metric|period|value|currency", "long", ["metric", "period", "value", "currency"]],
    [
      "a column per month",
      "Metric|2026-01|2026-02",
      "period-columns",
      ["metric", "period:2026-01-01/month", "period:2026-02-01/month"],
    ],
    [
      "a column per quarter",
      "KPI|Q1 2026|Q2 2026",
      "period-columns",
      ["metric", "period:2026-01-01/quarter", "period:2026-04-01/quarter"],
    ],
    [
      "named months, unnamed first column",
      "|Jan 2026|Feb 2026|Total",
      "period-columns",
      ["metric", "period:2026-01-01/month", "period:2026-02-01/month", ""],
    ],
    [
      "a column per metric",
      "Month|Revenue|MRR|Notes",
      "metric-columns",
      ["period", "metric:revenue", "metric:recurring_revenue", ""],
    ],
  ])("%s", (_name, header, layout, expected) => {
    expect(suggestTargets("metrics", header.split("|"))).toEqual({ layout, targets: expected });
  });
});

describe("evidence", () => {
  test("asks for the date order only when the dates can be read both ways", () => {
    const ask = (day: string) =>
      readEvidence("invoices", ["id", "date", "amount"], ["externalId", "issuedOn", "amount"], [["1", day, "5.50"]]);
    expect(ask("03/04/2026").questions).toEqual(["dateOrder"]);
    expect(ask("23/04/2026")).toMatchObject({ questions: [], dateOrder: "dmy" });
    expect(ask("2026-04-03").questions).toEqual([]);
  });

  test("amounts under raw headers may be cents: asked; a header that says cents is believed", () => {
    const scale = (headers: string[], amount: string) =>
      readEvidence("subscriptions", headers, ["externalId", "amount", "startOn"], [["s", amount, "2026-01-01"]])
        .amountScale;
    expect(scale(["id", "plan.amount", "current_period_start"], "4900")).toBeNull();
    expect(scale(["id", "amount_cents", "start"], "4900")).toBe("minor");
    expect(scale(["ID", "Amount", "Start Date"], "4900")).toBe("major");
  });

  test("several days of a month are a daily series, month ends are months", () => {
    const grain = (...days: string[]) =>
      readEvidence(
        "metrics",
        ["metric", "period", "value"],
        ["metric", "period", "value"],
        days.map((day) => ["revenue", day, "1"]),
      ).grain;
    expect(grain("2026-01-01", "2026-01-02")).toBe("day");
    expect(grain("2026-01-31", "2026-02-28")).toBe("month");
  });
});

describe("problems of a mapping", () => {
  const options = mappingOptionsSchema.parse({});
  const problems = (kind: ImportKind, ...used: string[]) =>
    mappingProblems(kind, { targets: used, options }, []).map((problem) => problem.path);
  test("names what is missing, doubled or unknown", () => {
    expect(problems("invoices", "externalId", "customerExternalId", "issuedOn", "amount")).toEqual([]);
    expect(problems("invoices", "externalId", "customerExternalId", "issuedOn", "total")).toEqual([]);
    expect(problems("invoices", "externalId", "issuedOn")).toEqual(["customerExternalId", "amount"]);
    expect(problems("customers", "externalId", "externalId")).toEqual(["externalId"]);
    expect(problems("customers", "externalId", "shoeSize")).toEqual(["shoeSize"]);
    expect(problems("customers", "externalId", "metric:revenue")).toEqual(["metric:revenue"]);
  });

  test("a question without an answer holds the preview back", () => {
    const mapping = { targets: ["externalId", "name"], options };
    expect(mappingProblems("customers", mapping, ["dateOrder"]).map((problem) => problem.path)).toEqual(["dateOrder"]);
    const answered = { ...mapping, options: { ...options, dateOrder: "dmy" as const } };
    expect(mappingProblems("customers", answered, ["dateOrder"])).toEqual([]);
  });
});

test("a header's signature does not mind case and punctuation, but order and kind", () => {
  expect(headerSignature("customers", ["Customer ID", "Name"])).toBe(
    headerSignature("customers", ["customer_id", " name "]),
  );
  expect(headerSignature("customers", ["a", "b"])).not.toBe(headerSignature("customers", ["b", "a"]));
  expect(headerSignature("customers", ["a"])).not.toBe(headerSignature("invoices", ["a"]));
});
