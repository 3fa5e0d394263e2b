"""Dialoogcoach: two dialogue guides put to work for officials, residents and the communications team."""
