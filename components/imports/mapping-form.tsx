"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { submitMapping } from "@/lib/imports/actions";
import type { Detection, ImportKind, Mapping, MappingOptions } from "@/lib/imports/schema";
import { answered } from "./answered";
import { ColumnTable } from "./column-table";
import { QuestionFields } from "./question-fields";
import { type Refused, RefusedNotice } from "./refused";
import { RunningProgress } from "./running-progress";
import { ShapeForm } from "./shape-form";

type MappingFormProps = { importId: string; kind: ImportKind; detection: Detection; mapping: Mapping };

/** Which column is what, what the file leaves open, then the preview. */
export function MappingForm({ importId, kind, detection, mapping }: MappingFormProps) {
  const router = useRouter();
  const [targets, setTargets] = useState<readonly string[]>(mapping.targets);
  const [options, setOptions] = useState<MappingOptions>(mapping.options);
  const [busy, setBusy] = useState(false);
  const [refreshing, startRefresh] = useTransition();
  const [refused, setRefused] = useState<Refused | null>(null);

  async function preview() {
    setBusy(true);
    setRefused(null);
    const result = await answered(submitMapping({ importId, mapping: { targets: [...targets], options } }));
    setBusy(false);
    if (result.ok) startRefresh(() => router.refresh());
    else setRefused(result);
  }

  return (
    <div className="grid gap-6 *:min-w-0">
      {detection.suggestedFrom === "last time" ? (
        <Notice word="remembered">
          These columns are mapped as they were last time for a file with the same header.
        </Notice>
      ) : null}
      <ShapeForm importId={importId} detection={detection} options={mapping.options} />
      <ColumnTable
        kind={kind}
        detection={detection}
        layout={options.layout}
        targets={targets}
        onChange={(column, target) => setTargets(targets.map((old, i) => (i === column ? target : old)))}
      />
      <QuestionFields
        kind={kind}
        questions={detection.questions}
        options={options}
        onChange={(changed) => setOptions({ ...options, ...changed })}
      />
      <RefusedNotice refused={refused} />
      <RunningProgress importId={importId} running={busy || refreshing} />
      <div>
        <Button variant="primary" busy={busy || refreshing} onClick={preview}>
          Preview what would change
        </Button>
      </div>
    </div>
  );
}
