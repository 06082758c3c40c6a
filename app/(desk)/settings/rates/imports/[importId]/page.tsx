import type { Metadata } from "next";
import { requirePermission } from "@/lib/auth/session";
import { SHARED_DATA } from "@/lib/figures/schema";
import { type ImportAsked, ImportScreen } from "../../../../ventures/[venture]/data/imports/import-screen";

export const metadata: Metadata = { title: "Import of exchange rates" };

type RateImportPageProps = { params: Promise<{ importId: string }>; searchParams: Promise<ImportAsked> };

export default async function RateImportPage({ params, searchParams }: RateImportPageProps) {
  const actor = await requirePermission("venture:read");
  const { importId } = await params;
  const home = { href: "/settings/rates", label: "Exchange rates" };
  const asked = await searchParams;
  return <ImportScreen actor={actor} ventureId={SHARED_DATA} importId={importId} home={home} asked={asked} />;
}
