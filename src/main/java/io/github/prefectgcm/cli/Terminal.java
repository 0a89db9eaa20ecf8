package io.github.prefectgcm.cli;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The terminal that standard output goes to, if it goes to one. */
public final class Terminal {
  /** Where a terminal does not tell. */
  private static final int USUAL = 100;

  private static final int STANDARD_OUTPUT = 1;

  /** {@code TIOCGWINSZ}, which asks for {@code struct winsize}: rows, columns, two more. */
  private static final long ASK_MACOS = 0x40087468L;

  private static final long ASK_LINUX = 0x5413L;
  private static final long SIZE = 4 * JAVA_SHORT.byteSize();

  private Terminal() {}

  /** How wide it is; absent if standard output is a file, a pipe, or nothing. */
  public static OptionalInt columns(Map<String, String> environment) {
    OptionalInt told = told();
    return told.isEmpty() ? told : OptionalInt.of(columns(environment, told.getAsInt()));
  }

  /** {@code COLUMNS} is somebody's wish; a terminal may say 0. */
  public static int columns(Map<String, String> environment, int told) {
    return Optional.ofNullable(environment.get("COLUMNS"))
        .filter(text -> text.matches("[1-9]\\d{0,3}"))
        .map(Integer::parseInt)
        .orElse(told > 0 ? told : USUAL);
  }

  @SuppressWarnings("restricted") // the jar's manifest allows native access
  private static OptionalInt told() {
    boolean macos = System.getProperty("os.name", "").startsWith("Mac");
    try (var arena = Arena.ofConfined()) {
      Linker linker = Linker.nativeLinker();
      var ioctl =
          linker.downcallHandle(
              linker.defaultLookup().findOrThrow("ioctl"),
              FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS),
              Linker.Option.firstVariadicArg(2));
      MemorySegment size = arena.allocate(SIZE);
      int failed = (int) ioctl.invokeExact(STANDARD_OUTPUT, macos ? ASK_MACOS : ASK_LINUX, size);
      return failed == 0
          ? OptionalInt.of(Short.toUnsignedInt(size.getAtIndex(JAVA_SHORT, 1)))
          : OptionalInt.empty();
    } catch (Throwable e) {
      // Not a system that has this; then only the console tells whether it is a terminal at all.
      return Optional.ofNullable(System.console()).filter(its -> its.isTerminal()).isPresent()
          ? OptionalInt.of(0)
          : OptionalInt.empty();
    }
  }
}
