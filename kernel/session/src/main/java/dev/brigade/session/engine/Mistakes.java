package dev.brigade.session.engine;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Common mistakes of Java itself, by what the compiler says, and what to write instead.
final class Mistakes {
  /// What to try for a message; the code it is about helps to tell cases apart.
  private record Rule(Pattern message, Function<Found, String> advice) {}

  /// A message that fits.
  ///
  /// @param at the code that the compiler marks
  private record Found(MatchResult message, String at) {
    String group(int number) {
      return message.group(number);
    }
  }

  private static final List<Rule> RULES =
      List.of(
          rule("^';' expected", _ -> "a statement ends with `;`: write one where the mark is"),
          rule("^'(.)' expected", m -> "a `" + m.group(1) + "` is missing where the mark is"),
          rule(
              "int cannot be converted to boolean",
              m ->
                  m.at().matches("(?s).*[^=!<>]=[^=].*")
                      ? "`=` assigns, `==` compares"
                          + "\n    wrong: if (n = 1)"
                          + "\n    right: if (n == 1)"
                      : "a number is neither true nor false in Java: compare it, for example `n !="
                          + " 0`"),
          rule(
              "String cannot be converted to (?:int|java\\.lang\\.Integer)",
              m -> "a text becomes a number with Integer.parseInt(" + m.at() + ")"),
          rule(
              "String cannot be converted to (?:java\\.lang\\.)?(double|long|Double|Long)",
              m -> {
                String type = Character.toUpperCase(m.group(1).charAt(0)) + m.group(1).substring(1);
                String primitive = m.group(1).toLowerCase(Locale.ROOT);
                return "a text becomes a number with "
                    + type
                    + ".parse"
                    + Character.toUpperCase(primitive.charAt(0))
                    + primitive.substring(1)
                    + "("
                    + m.at()
                    + ")";
              }),
          rule(
              "String cannot be converted to char",
              _ -> "one character stands in single quotes: 'a'; of a text, take text.charAt(0)"),
          rule(
              "(?:int|long|double|boolean|char|float) cannot be converted to"
                  + " (?:java\\.lang\\.)?String",
              m -> "anything becomes a text with String.valueOf(" + m.at() + ")"),
          rule(
              "possible lossy conversion from (\\w+) to (\\w+)",
              m ->
                  m.group(2).equals("float") && m.at().matches("[\\d.]+")
                      ? "a number with a point is a double: write " + m.at() + "f, or use double"
                      : "a "
                          + m.group(1)
                          + " may not fit into "
                          + article(m.group(2))
                          + ": say that cutting it off is meant, ("
                          + m.group(2)
                          + ") "
                          + (m.at().matches("[\\w.]+") ? m.at() : "(" + m.at() + ")")
                          + ", or declare a "
                          + m.group(1)),
          rule(
              "integer number too large",
              _ ->
                  "an int ends at 2,147,483,647: write an L behind the number, and declare a long"),
          rule(
              "Object cannot be converted to (\\S+)",
              m ->
                  "the compiler knows no more than that this is an Object. If it comes from a"
                      + " collection, say what is in that"
                      + "\n    wrong: List list = ...;"
                      + "\n    right: List<"
                      + simple(m.group(1))
                      + "> list = ...;"),
          rule(
              "(?s)unexpected type.*found:\\s+(int|long|double|boolean|char|byte|short|float)",
              m -> "type arguments are classes: write " + boxed(m.group(1)) + " for " + m.group(1)),
          rule(
              "missing return statement",
              _ ->
                  "every way through the method must return a value: add a `return` before its"
                      + " last `}`, also for when no `if` applies"),
          rule(
              "non-static (method|variable) (\\w+)\\S* cannot be referenced from a static context",
              m ->
                  "`"
                      + m.group(2)
                      + "` belongs to an object: make one first, or declare it static"
                      + "\n    wrong: Type."
                      + m.group(2)
                      + "\n    right: new Type()."
                      + m.group(2)),
          rule(
              "unclosed string literal",
              _ -> "a text ends with \" on the line it begins in; several lines stand in \"\"\""),
          rule(
              "unclosed character literal",
              _ -> "single quotes hold one character; a text stands in double quotes: \"abc\""),
          rule(
              "reached end of file while parsing",
              _ -> "something is still open: count `{` and `}`, `(` and `)`"),
          rule("unclosed comment", _ -> "a comment that begins with /* ends with */"),
          rule(
              "(\\w+)\\S* has private access in (\\S+)",
              m ->
                  "private members are for "
                      + simple(m.group(2))
                      + "'s own code: ask for `"
                      + m.group(1)
                      + "` through a method of it, or declare it without `private`"),
          rule(
              "variable (\\w+) might not have been initialized",
              m -> "give `" + m.group(1) + "` a value before it is read, on every way to here"),
          rule(
              "(\\w+) cannot be dereferenced",
              m ->
                  article(m.group(1))
                      + " is a plain value without methods; "
                      + boxed(m.group(1))
                      + " has some, for example "
                      + boxed(m.group(1))
                      + ".toString(value)"),
          rule(
              "cannot assign a value to (?:static )?final variable (\\w+)",
              m -> "`" + m.group(1) + "` is final: it keeps its first value"),
          rule(
              "variable (\\w+) is already defined",
              m -> "use `" + m.group(1) + "` without its type, or choose another name"),
          rule(
              "unexpected return value",
              _ -> "a void method returns nothing: say the type of the value in its head"),
          rule("unreachable statement", _ -> "what stands before it never goes on to this line"),
          rule(
              "(\\S+) is not abstract and does not override abstract method (\\w+\\([^)]*\\))",
              m -> "write the method " + m.group(2) + " in " + simple(m.group(1))),
          rule(
              "(\\S+) is abstract; cannot be instantiated",
              m -> "use a class that implements " + simple(m.group(1)) + ", or a lambda"),
          rule(
              "cannot infer type for local variable (\\w+)",
              m ->
                  "`var` needs a value that says the type: write the type of `" + m.group(1) + "`"),
          rule(
              "reference to (\\w+) is ambiguous\\s+both \\w+ (\\S+) in \\S+ and \\w+ (\\S+) in",
              m ->
                  "two imports bring a `"
                      + m.group(1)
                      + "`; name the one you mean"
                      + "\n    import "
                      + m.group(2)
                      + ";"
                      + "\n    import "
                      + m.group(3)
                      + ";"),
          rule(
              "^not a statement",
              _ -> "a value alone does nothing: assign it, print it, or leave it out"));

  private static Rule rule(String message, Function<Found, String> advice) {
    return new Rule(Pattern.compile(message), advice);
  }

  /// What to try; empty for what is no common mistake.
  ///
  /// @param message the compiler's, in English
  /// @param at the code that it marks
  static Optional<String> advice(String message, String at) {
    for (Rule rule : RULES) {
      var matcher = rule.message().matcher(message);
      if (matcher.find()) {
        return Optional.of(rule.advice().apply(new Found(matcher.toMatchResult(), at)));
      }
    }
    return Optional.empty();
  }

  private static String boxed(String primitive) {
    return switch (primitive) {
      case "int" -> "Integer";
      case "char" -> "Character";
      default -> Character.toUpperCase(primitive.charAt(0)) + primitive.substring(1);
    };
  }

  private static String article(String type) {
    return (type.startsWith("i") ? "an " : "a ") + type;
  }

  private static String simple(String type) {
    return type.substring(type.lastIndexOf('.') + 1);
  }

  private Mistakes() {}
}
