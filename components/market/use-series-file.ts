"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useToast } from "@/components/ui/toast";
import { previewSeries, submitSeriesFile } from "@/lib/market/actions";
import { columnsOf } from "@/lib/market/rules/series-file";

type Chosen = { fileName: string; csv: string; names: string[] };
type Columns = { day: string; value: string; knownOn: string | null };

const NONE: Columns = { day: "", value: "", knownOn: null };

/** The usual names first: the columns that a person would point at. */
function guess(names: readonly string[]): Columns {
  const find = (pattern: RegExp) => names.find((name) => pattern.test(name));
  const day = find(/^(date|day|month|period)$/i) ?? names[0] ?? "";
  const knownOn = find(/^(vintage|known|published|realtime)/i) ?? null;
  const rest = names.filter((name) => name !== day && name !== knownOn);
  return { day, value: rest.find((name) => /^(value|rate|close)$/i.test(name)) ?? rest[0] ?? "", knownOn };
}

/** A file of a series: chosen, its columns named, previewed, loaded. A change sets the preview back. */
export function useSeriesFile(first: string) {
  const router = useRouter();
  const toast = useToast();
  const [seriesKey, setSeriesKey] = useState(first);
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [columns, setColumns] = useState(NONE);
  const preview = useMutation({ mutationFn: previewSeries });
  const load = useMutation({
    mutationFn: submitSeriesFile,
    onSuccess: (outcome) => {
      if (!outcome.ok) return;
      const { changed } = outcome.value;
      toast({ text: changed === 0 ? "The file is held already; nothing changed." : "The file is loaded." });
      preview.reset();
      setChosen(null);
      router.refresh();
    },
  });
  const back = () => {
    preview.reset();
    load.reset();
  };
  const input = chosen && { seriesKey, fileName: chosen.fileName, csv: chosen.csv, columns };
  return {
    ...{ seriesKey, chosen, columns, previewing: preview.isPending, loading: load.isPending },
    shown: preview.data?.ok ? preview.data.value : null,
    refused: [load.data, preview.data].find((one) => one && !one.ok),
    failed: preview.isError || load.isError,
    chooseSeries: (key: string) => {
      setSeriesKey(key);
      back();
    },
    chooseFile: async (file: File) => {
      const csv = await file.text();
      const names = columnsOf(csv);
      setChosen({ fileName: file.name, csv, names });
      setColumns(guess(names));
      back();
    },
    setColumns: (change: Partial<Columns>) => {
      setColumns((before) => ({ ...before, ...change }));
      back();
    },
    preview: () => input && preview.mutate(input),
    load: () => input && load.mutate(input),
  };
}
