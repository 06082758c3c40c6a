import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { listConditionMetrics } from "@/components/decisions/condition-metrics";
import { MemoPage } from "@/components/decisions/memo-page";
import { readerZone } from "@/components/shell/reader";
import type { Actor } from "@/lib/auth/actor";
import { findPermitted, requirePermission } from "@/lib/auth/session";
import { clock } from "@/lib/clock";
import { getMemo } from "@/lib/decisions/queries/memo";
import { listReaders } from "@/lib/decisions/queries/readings";
import { AppError } from "@/lib/errors";

type MemoPageProps = { params: Promise<{ memoId: string }> };

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

const findMemo = cache(async (actor: Actor, memoId: string) => {
  if (!UUID.test(memoId)) return null;
  return getMemo(actor, memoId, clock.now()).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "NOT_FOUND") return null;
    throw error;
  });
});

export async function generateMetadata({ params }: MemoPageProps): Promise<Metadata> {
  const [actor, { memoId }] = await Promise.all([findPermitted("memo:read"), params]);
  return { title: (actor && (await findMemo(actor, memoId)))?.title ?? "Memo" };
}

export default async function InboxMemoPage({ params }: MemoPageProps) {
  const [actor, { memoId }, zone] = await Promise.all([requirePermission("memo:read"), params, readerZone()]);
  const memo = await findMemo(actor, memoId);
  if (!memo) notFound();
  const metrics = listConditionMetrics(memo.venture.currency);
  const readers = memo.may.decide ? await listReaders(actor, memo.venture.id) : [];
  return <MemoPage memo={memo} zone={zone} metrics={metrics} readers={readers} />;
}
