import regular from "@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf?bytes";
import semibold from "@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf?bytes";

/** Inter in the two weights that pictures use, as TrueType. */
export const interFonts = { regular, semibold } as const;
