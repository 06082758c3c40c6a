"use client";

import { useEffect, useRef, useState } from "react";
import { ErrorState } from "@/components/ui/error-state";
import { SkeletonLines } from "@/components/ui/skeleton-lines";
import { guestText } from "../guest/words";
import { drawPage, openPdf, type Pages } from "./draw-pdf";
import { useDwell } from "./use-dwell";

type ReaderProps = {
  /** Where the marked rendition comes from. */
  from: string;
  /** Where it is told how long each page was in view; null where nobody counts. */
  tellTo: string | null;
  title: string;
  isImage: boolean;
};
type Shown = { kind: "pdf"; pages: Pages } | { kind: "image"; url: string };

/** Draws the marked rendition, page by page. */
export function Reader({ from, tellTo, title, isImage }: ReaderProps) {
  const [shown, setShown] = useState<Shown | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const look = useDwell(tellTo);
  useEffect(() => {
    let gone = false;
    let url: string | null = null;
    async function load() {
      const response = await fetch(from);
      if (!response.ok) {
        const answer = (await response.json().catch(() => null)) as {
          refusal?: string;
          error?: { code?: string };
        } | null;
        throw new Error(answer?.refusal ?? answer?.error?.code ?? "UNAVAILABLE");
      }
      if (isImage) {
        url = URL.createObjectURL(await response.blob());
        return { kind: "image" as const, url };
      }
      return { kind: "pdf" as const, pages: await openPdf(await response.arrayBuffer()) };
    }
    load().then(
      (loaded) => !gone && setShown(loaded),
      (error: Error) => !gone && setProblem(guestText(error.message)),
    );
    return () => {
      gone = true;
      if (url) URL.revokeObjectURL(url);
    };
  }, [from, isImage]);
  useEffect(() => {
    if (shown?.kind === "image") look(1);
  }, [shown, look]);
  if (problem) return <ErrorState title="Not shown">{problem}</ErrorState>;
  if (!shown) return <SkeletonLines lines={16} label="The document is loading" />;
  // biome-ignore lint/performance/noImgElement: a rendition made for this reader at this moment; nothing may keep or resize it
  if (shown.kind === "image") return <img src={shown.url} alt={title} className="max-w-full border border-line" />;
  return (
    <div className="grid gap-4">
      {Array.from({ length: shown.pages.count }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: pages never change their places
        <Page key={index} pages={shown.pages} number={index + 1} onLook={look} />
      ))}
    </div>
  );
}

/** Drawn when it comes near; most of it in view, and it is the page that is read. */
function Page({ pages, number, onLook }: { pages: Pages; number: number; onLook: (page: number) => void }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    let drawn = false;
    const watcher = new IntersectionObserver(
      ([entry]) => {
        if (!entry?.isIntersecting) return;
        if (!drawn) void drawPage(pages, number, element);
        drawn = true;
        if (entry.intersectionRatio > 0.4) onLook(number);
      },
      { rootMargin: "400px 0px", threshold: [0, 0.45] },
    );
    watcher.observe(element);
    return () => watcher.disconnect();
  }, [pages, number, onLook]);
  return (
    <canvas
      ref={canvas}
      role="img"
      aria-label={`Page ${number} of ${pages.count}`}
      width={612}
      height={792}
      className="h-auto w-full border border-line bg-white"
    />
  );
}
