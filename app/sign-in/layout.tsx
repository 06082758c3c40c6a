import type { ReactNode } from "react";

export default function SignInLayout({ children }: { children: ReactNode }) {
  return (
    <main id="main" className="mx-auto grid min-h-dvh w-full max-w-sm content-center gap-6 px-4 py-10">
      {children}
    </main>
  );
}
