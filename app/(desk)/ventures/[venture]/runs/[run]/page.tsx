import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { z } from "zod";
import { TraceView } from "@/components/agents/trace-view";
import { readerZone } from "@/components/shell/reader";
import { getTrace } from "@/lib/agents/queries/trace";
import { requirePermission } from "@/lib/auth/session";
import { AppError } from "@/lib/errors";
import { ventureOf } from "../../venture-of";

export const metadata: Metadata = { title: "Trace of a run" };

type TracePageProps = { params: Promise<{ venture: string; run: string }> };

/** Everything that one run did: each step with its words, inputs, answers, figures, and what it took. */
export default async function TracePage({ params }: TracePageProps) {
  const actor = await requirePermission("venture:read");
  const { venture: slug, run } = await params;
  const [venture, id] = [await ventureOf(slug), z.uuid().safeParse(run).data];
  if (!venture || !id) notFound();
  const trace = await getTrace(actor, id).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "NOT_FOUND") return null;
    throw error;
  });
  if (trace?.head.ventureId !== venture.id) notFound();
  return <TraceView trace={trace} slug={venture.slug} zone={await readerZone()} />;
}
