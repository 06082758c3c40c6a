import { SkeletonLines } from "@/components/ui/skeleton-lines";

export default function Loading() {
  return <SkeletonLines lines={10} label="Exit preparation is loading" />;
}
