import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { VentureHead } from "@/components/ventures/venture-head";
import { findPermitted } from "@/lib/auth/session";
import { ventureOf } from "./venture-of";

type VentureLayoutProps = { children: ReactNode; params: Promise<{ venture: string }> };

export async function generateMetadata({ params }: Pick<VentureLayoutProps, "params">): Promise<Metadata> {
  if (!(await findPermitted("venture:read"))) return {};
  const venture = await ventureOf((await params).venture);
  return venture ? { title: { default: venture.name, template: `%s · ${venture.name} · Chairman` } } : {};
}

export default async function VentureLayout({ children, params }: VentureLayoutProps) {
  const venture = await ventureOf((await params).venture);
  if (!venture) notFound();
  return (
    <>
      <VentureHead
        venture={venture}
        openSubstages={venture.stageRecord?.endedAt ? [] : (venture.stageRecord?.openSubstages ?? [])}
      />
      {children}
    </>
  );
}
