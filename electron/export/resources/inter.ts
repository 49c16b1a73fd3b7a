import regular from "@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf?inline";
import semibold from "@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf?inline";
import { bytesOf } from "./bytes.ts";

/** Inter in the two weights that pictures use, as TrueType. */
export const interFonts = { regular: bytesOf(regular), semibold: bytesOf(semibold) } as const;
