import { describe, expect, test } from "vitest";
import {
  BENCHMARK_COLUMNS,
  benchmarkRowSchema,
  CHANNEL_SPEND_COLUMNS,
  channelSpendRowSchema,
} from "../../schema/benchmarks";
import { readRows } from "./benchmark-file";

const HEAD = "metric,business_model,revenue_from,revenue_to,p25,p50,p75,sample_size,source,as_of";
const read = (...lines: string[]) => readRows([HEAD, ...lines].join("\r\n"), BENCHMARK_COLUMNS, benchmarkRowSchema);

test("rows with quotes and a band without end", () => {
  const outcome = read('net_revenue_retention,saas,1000000,,0.95,1.02,1.1,312,"Survey, ""2026""",2026-06-30', "");
  expect(outcome).toMatchObject({
    ok: true,
    value: [{ metric: "net_revenue_retention", revenue_to: "", sample_size: "312", source: 'Survey, "2026"' }],
  });
});

describe("refused by line and column, and nothing taken", () => {
  test.each([
    ["quartiles out of order", "grr,saas,0,,0.9,0.8,0.95,10,S,2026-01-01", "line 2, p50"],
    ["an unknown model", "grr,bank,0,,0.7,0.8,0.95,10,S,2026-01-01", "line 2, business_model"],
    ["a sample of nobody", "grr,saas,0,,0.7,0.8,0.95,0,S,2026-01-01", "line 2, sample_size"],
    ["no date", "grr,saas,0,,0.7,0.8,0.95,10,S,last year", "line 2, as_of"],
    ["a band that ends before it begins", "grr,saas,5,4,0.7,0.8,0.95,10,S,2026-01-01", "line 2, revenue_to"],
    ["no source", "grr,saas,0,,0.7,0.8,0.95,10,,2026-01-01", "line 2, source"],
  ])("%s", (_name, line, path) => {
    expect(read(line)).toMatchObject({ ok: false, refusal: "INVALID_INPUT", problems: [{ path }] });
  });

  test("a missing column and an empty file", () => {
    expect(readRows("metric\nx", BENCHMARK_COLUMNS, benchmarkRowSchema)).toMatchObject({
      problems: [{ path: "line 1" }],
    });
    expect(read()).toMatchObject({ ok: false, problems: [{ path: "line 2" }] });
  });
});

test("channel costs", () => {
  const rows = (line: string) =>
    readRows(`amount,channel,month,currency,source\n${line}`, CHANNEL_SPEND_COLUMNS, channelSpendRowSchema);
  expect(rows("1200.50,paid,2026-03,EUR,Ads")).toMatchObject({
    ok: true,
    value: [{ channel: "paid", amount: "1200.50" }],
  });
  expect(rows("-1,paid,2026-13,EUR,Ads")).toMatchObject({
    ok: false,
    problems: [{ path: "line 2, month" }, { path: "line 2, amount" }],
  });
});
