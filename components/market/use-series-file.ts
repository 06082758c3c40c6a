"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useToast } from "@/components/ui/toast";
import { previewSeries, readSeriesTable, submitSeriesFile } from "@/lib/market/actions";
import { columnsOf } from "@/lib/market/rules/series-file";
import type { SeriesTable } from "@/lib/market/schema/series";

/** Bytes as text, in steps: one call with every byte as an argument would be too many. */
async function base64Of(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += 8_192) text += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  return btoa(text);
}

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
  const table = useMutation({ mutationFn: readSeriesTable });
  const back = () => {
    preview.reset();
    load.reset();
    table.reset();
  };
  function take(fileName: string, csv: string) {
    const names = columnsOf(csv);
    setChosen({ fileName, csv, names });
    setColumns(guess(names));
  }
  async function read(input: SeriesTable, name: string) {
    setChosen(null);
    const outcome = await table.mutateAsync(input).catch(() => null);
    if (outcome?.ok) take(outcome.value.fileName ?? name, outcome.value.csv);
  }
  const input = chosen && { seriesKey, fileName: chosen.fileName, csv: chosen.csv, columns };
  return {
    ...{ seriesKey, chosen, columns, previewing: preview.isPending, loading: load.isPending },
    shown: preview.data?.ok ? preview.data.value : null,
    reading: table.isPending,
    refused: [load.data, preview.data, table.data].find((one) => one && !one.ok),
    failed: preview.isError || load.isError || table.isError,
    chooseSeries: (key: string) => {
      setSeriesKey(key);
      back();
    },
    chooseFile: async (file: File) => {
      back();
      if (/\.xlsx$/i.test(file.name)) await read({ from: "workbook", base64: await base64Of(file) }, file.name);
      else take(file.name, await file.text());
    },
    readServer: async (serverId: string, tool: string) => {
      back();
      await read({ from: "server", serverId, tool }, tool);
    },
    setColumns: (change: Partial<Columns>) => {
      setColumns((before) => ({ ...before, ...change }));
      back();
    },
    preview: () => input && preview.mutate(input),
    load: () => input && load.mutate(input),
  };
}
