import { classNames } from "./class-names";

export type ButtonVariant = "primary" | "plain" | "bare" | "danger";

const VARIANTS: Readonly<Record<ButtonVariant, string>> = {
  primary: "border-accent bg-accent text-on-accent hover:opacity-90",
  plain: "border-edge bg-raised text-ink hover:bg-wash",
  bare: "border-transparent bg-transparent text-ink hover:bg-wash",
  danger: "border-critical bg-raised text-critical-text hover:bg-wash",
};

/** One look for buttons and for links that act like one. */
export const buttonStyle = (variant: ButtonVariant = "plain", className?: string): string =>
  classNames(
    "target inline-flex items-center justify-center gap-2 rounded-md border px-3 py-1 text-sm font-medium whitespace-nowrap",
    "disabled:opacity-55 disabled:cursor-not-allowed aria-disabled:opacity-55 aria-disabled:cursor-not-allowed",
    VARIANTS[variant],
    className,
  );
