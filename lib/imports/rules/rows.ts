import { buyerReader } from "./buyer-rows";
import { isBlank } from "./cells";
import { checklistReader } from "./checklist-rows";
import { comparableReader } from "./comparable-rows";
import type { Cell } from "./detection";
import { metricReader } from "./metric-rows";
import { offerReader } from "./offer-rows";
import { rateReader } from "./rate-rows";
import { customerReader, invoiceReader } from "./record-rows";
import { EMPTY, type ReaderInput, Row, type RowReader } from "./row";
import { subscriptionReader } from "./subscription-rows";

export type { ReaderInput, RowOutcome, RowReader } from "./row";

const isEmptyRow = (cells: readonly Cell[]) => cells.every(isBlank);

/** The reader for one file: everything that is the same for all rows is settled once. */
export function rowReader(input: ReaderInput): RowReader {
  const row = new Row(input);
  const read = {
    metrics: metricReader,
    customers: customerReader,
    subscriptions: subscriptionReader,
    invoices: invoiceReader,
    rates: rateReader,
    buyers: buyerReader,
    comparables: comparableReader,
    offers: offerReader,
    checklist: checklistReader,
  }[input.kind](row, input);
  return (cells, rowNumber) => {
    if (isEmptyRow(cells)) return EMPTY;
    row.start(cells, rowNumber);
    return read();
  };
}
