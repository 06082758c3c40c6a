"use client";

import { submitBenchmarks, submitChannelSpend } from "@/lib/growth/actions";
import { BENCHMARK_COLUMNS, CHANNEL_SPEND_COLUMNS } from "@/lib/growth/schema/benchmarks";
import { TableUpload } from "./table-upload";

/** What levers are compared with and what finance does not split: benchmarks of others, and costs by channel. */
export function LeverSources({ ventureId }: { ventureId: string }) {
  return (
    <div className="grid gap-6 sm:grid-cols-2">
      <TableUpload
        label="Benchmarks of comparable companies"
        columns={BENCHMARK_COLUMNS}
        send={(csv) => submitBenchmarks({ csv })}
      />
      <TableUpload
        label="What each channel cost, by month"
        columns={CHANNEL_SPEND_COLUMNS}
        send={(csv) => submitChannelSpend({ ventureId, csv })}
      />
    </div>
  );
}
