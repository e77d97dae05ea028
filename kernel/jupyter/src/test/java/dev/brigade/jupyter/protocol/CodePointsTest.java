package dev.brigade.jupyter.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CodePointsTest {
  /// One letter, one smiley of two chars, one letter.
  private static final String TEXT = "a\ud83d\ude00b";

  @Test
  void offsetsAfterASurrogatePairDiffer() {
    assertThat(CodePoints.toUtf16(TEXT, 2)).isEqualTo(3);
    assertThat(CodePoints.fromUtf16(TEXT, 3)).isEqualTo(2);
  }

  @Test
  void everyOffsetComesBack() {
    for (int i = 0; i <= 3; i++) {
      assertThat(CodePoints.fromUtf16(TEXT, CodePoints.toUtf16(TEXT, i))).isEqualTo(i);
    }
  }

  @Test
  void offsetsOutsideAreClamped() {
    assertThat(CodePoints.toUtf16(TEXT, -1)).isZero();
    assertThat(CodePoints.toUtf16(TEXT, 99)).isEqualTo(4);
    assertThat(CodePoints.fromUtf16(TEXT, 99)).isEqualTo(3);
  }
}
