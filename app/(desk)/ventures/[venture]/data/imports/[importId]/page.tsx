import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { requirePermission } from "@/lib/auth/session";
import { findVentureBySlug } from "@/lib/ventures/queries";
import { type ImportAsked, ImportScreen } from "../import-screen";

export const metadata: Metadata = { title: "Import" };

type ImportPageProps = {
  params: Promise<{ venture: string; importId: string }>;
  searchParams: Promise<ImportAsked>;
};

export default async function ImportPage({ params, searchParams }: ImportPageProps) {
  const actor = await requirePermission("venture:read");
  const { venture: slug, importId } = await params;
  const venture = await findVentureBySlug(actor, slug);
  if (!venture) notFound();
  const home = { href: `/ventures/${slug}/data`, label: "Data" };
  const asked = await searchParams;
  return <ImportScreen actor={actor} ventureId={venture.id} importId={importId} home={home} asked={asked} />;
}
