import { notFound, redirect } from "next/navigation";
import { z } from "zod";
import { findRunAddress } from "@/lib/agents/queries/runs";
import { requirePermission } from "@/lib/auth/session";

type RunPageProps = { params: Promise<{ run: string }> };

/** A run by its own address, for whoever knows nothing else of it: its trace is read under its venture. */
export default async function RunPage({ params }: RunPageProps) {
  const actor = await requirePermission("venture:read");
  const id = z.uuid().safeParse((await params).run).data;
  const address = id ? await findRunAddress(actor, id) : null;
  if (!address) notFound();
  redirect(address);
}
