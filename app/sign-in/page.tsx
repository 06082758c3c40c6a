import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SignInForm } from "@/components/auth/sign-in-form";
import { signInChoices } from "@/lib/auth/choices";
import { findActor } from "@/lib/auth/session";

export const metadata: Metadata = { title: "Sign in" };

type Search = { callbackUrl?: string | string[]; error?: string | string[] };
const first = (value: string | string[] | undefined): string | null =>
  (Array.isArray(value) ? value[0] : value) ?? null;

export default async function SignInPage({ searchParams }: { searchParams: Promise<Search> }) {
  const { callbackUrl, error } = await searchParams;
  const choices = signInChoices(first(callbackUrl));
  if (await findActor()) redirect(choices.callbackPath);
  return (
    <>
      <header>
        <h1 className="headline text-2xl">Chairman</h1>
        <p className="mt-1 text-muted">Grow it, prepare its exit, sell it, distribute the money.</p>
      </header>
      <SignInForm {...choices} initialError={first(error)} />
    </>
  );
}
