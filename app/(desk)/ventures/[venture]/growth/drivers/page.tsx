import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { parseDriverView } from "@/components/growth/driver-views";
import { DriversPanel } from "@/components/growth/drivers-panel";
import { readerZone } from "@/components/shell/reader";
import { isPermitted } from "@/lib/auth/permissions";
import { requirePermission } from "@/lib/auth/session";
import { clock } from "@/lib/clock";
import { findVentureDrivers } from "@/lib/growth/queries/drivers/drivers";
import { ventureOf } from "../../venture-of";

export const metadata: Metadata = { title: "Drivers" };

type PageProps = {
  params: Promise<{ venture: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** What revenue is made of, and what each part of it moves. */
export default async function DriversPage({ params, searchParams }: PageProps) {
  const actor = await requirePermission("venture:read");
  const venture = await ventureOf((await params).venture);
  if (!venture) notFound();
  const [drivers, zone] = await Promise.all([findVentureDrivers(actor, venture.id, clock.now()), readerZone()]);
  if (!drivers) notFound();
  const view = parseDriverView(await searchParams);
  const path = `/ventures/${venture.slug}/growth/drivers`;
  const mayEdit = isPermitted(actor.role, "data:correct");
  return (
    <>
      <h1 className="sr-only">{venture.name}: drivers</h1>
      <DriversPanel drivers={drivers} view={view} path={path} zone={zone} mayEdit={mayEdit} />
    </>
  );
}
