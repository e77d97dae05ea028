package dev.brigade.session.weave;

/// One line of the table of woven calls.
///
/// @param owner internal name of the class that the call names
/// @param name the method's name
/// @param descriptor its descriptor
/// @param target internal name of the class whose static method is called instead
/// @param targetName that method's name
/// @param receiver whether the call is on an object, which becomes the first argument
/// @param extra what is given besides, as string constants
public record Redirect(
    String owner,
    String name,
    String descriptor,
    String target,
    String targetName,
    boolean receiver,
    Extra extra)
    implements WovenCall {
  /// What a redirected call tells about itself.
  enum Extra {
    NOTHING,
    /// The place of the call, for example `In [3] line 2`.
    SITE,
    /// The name of the method that the call stands in, and the place.
    FUNCTION_AND_SITE;

    String descriptors() {
      return "Ljava/lang/String;".repeat(ordinal());
    }
  }

  /// A static call that becomes another static call of the same shape.
  static Redirect ofStatic(String owner, String name, String descriptor, String target) {
    return new Redirect(owner, name, descriptor, target, name, false, Extra.NOTHING);
  }

  /// A call on an object that becomes a static call with the object in front.
  static Redirect ofVirtual(
      String owner, String name, String descriptor, String target, String targetName) {
    return new Redirect(owner, name, descriptor, target, targetName, true, Extra.NOTHING);
  }

  @Override
  public String parameters() {
    return descriptor.substring(1, descriptor.indexOf(')'));
  }

  /// Whether a call's result is of the type that the target gives. An override in a subtype may
  /// give a narrower one, and means another method then.
  boolean fitsResult(String called) {
    return called
        .substring(called.indexOf(')'))
        .equals(descriptor.substring(descriptor.indexOf(')')));
  }

  /// The descriptor of the static method that is called instead.
  String targetDescriptor() {
    String result = descriptor.substring(descriptor.indexOf(')') + 1);
    return "("
        + (receiver ? "L" + owner + ";" : "")
        + parameters()
        + extra.descriptors()
        + ")"
        + result;
  }
}
